module laurel.dev/it/monitoring

go 1.22

require (
	github.com/grafana/grafana-foundation-sdk/go v0.0.22
	github.com/grafana/river v0.3.0
)

require (
	github.com/fatih/color v1.15.0 // indirect
	github.com/mattn/go-colorable v0.1.13 // indirect
	github.com/mattn/go-isatty v0.0.17 // indirect
	golang.org/x/sys v0.6.0 // indirect
)
