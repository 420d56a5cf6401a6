// Holds dashboards against Grafana's own schema, as its Foundation SDK has it, and configurations of Alloy against the parser and
// formatter of its language, River: go run . DASHBOARD.json... CONFIGURATION.alloy...
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/river/parser"
	"github.com/grafana/river/printer"
)

// What Grafana's Prometheus data source reads of an annotation, which the schema of dashboards leaves to each data source.
var ofPrometheus = []string{"useValueForTime", "titleFormat", "textFormat", "tagKeys"}

func main() {
	plugins.RegisterDefaultPlugins()
	failed := false
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		if err == nil && strings.HasSuffix(path, ".alloy") {
			err = checkAlloy(path, text)
		} else if err == nil {
			err = checkDashboard(text)
		}
		// The SDK's list of faults is an error also where it is empty.
		if err != nil && err.Error() != "" {
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

func checkDashboard(text []byte) error {
	var loose map[string]any
	if err := json.Unmarshal(text, &loose); err != nil {
		return err
	}
	annotations, _ := loose["annotations"].(map[string]any)
	list, _ := annotations["list"].([]any)
	for _, each := range list {
		for _, field := range ofPrometheus {
			delete(each.(map[string]any), field)
		}
	}
	known, err := json.Marshal(loose)
	if err != nil {
		return err
	}
	var strict dashboard.Dashboard
	if err := strict.UnmarshalJSONStrict(known); err != nil && err.Error() != "" {
		return err
	}
	return strict.Validate()
}

func checkAlloy(path string, text []byte) error {
	file, err := parser.ParseFile(path, text)
	if err != nil {
		return err
	}
	var formatted bytes.Buffer
	if err := printer.Fprint(&formatted, file); err != nil {
		return err
	}
	formatted.WriteByte('\n')
	if !bytes.Equal(formatted.Bytes(), text) {
		return fmt.Errorf("not as alloy fmt has it; expected:\n%s", formatted.Bytes())
	}
	return nil
}
