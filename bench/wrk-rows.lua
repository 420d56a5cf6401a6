-- A POST after the other, each with the next of the bodies in BODY, one a line; TYPE is their media type. Says at the end what wrk.lua says.
local requests, sent = {}, 0

function init()
    wrk.headers["Content-Type"] = os.getenv("TYPE")
    for line in io.lines(os.getenv("BODY")) do
        requests[#requests + 1] = wrk.format("POST", nil, nil, line)
    end
end

function request()
    sent = sent % #requests + 1
    return requests[sent]
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format("measured %d %d %d %f %f %f", summary.requests, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout, summary.duration / 1e6,
        latency:percentile(50), latency:percentile(99)))
end
