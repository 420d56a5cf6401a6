-- The same POST again and again; BODY is a file, TYPE its media type.
local file = assert(io.open(os.getenv("BODY"), "rb"))
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = os.getenv("TYPE")
file:close()

-- For programs: answers, others than 200, errors of sockets, seconds, and microseconds that 50 and 99 of a hundred took.
function done(summary, latency)
    local errors = summary.errors
    print(string.format("measured %d %d %d %f %f %f", summary.requests, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout, summary.duration / 1e6,
        latency:percentile(50), latency:percentile(99)))
end
