-- The same POST again and again; BODY is a file, TYPE its media type. With EACH_LINE each of its lines is a body, and they come in turn.
wrk.method = "POST"
wrk.headers["Content-Type"] = os.getenv("TYPE")

if os.getenv("EACH_LINE") then
    local requests, sent = {}, 0

    function init()
        for line in io.lines(os.getenv("BODY")) do
            requests[#requests + 1] = wrk.format(nil, nil, nil, line)
        end
    end

    function request()
        sent = sent % #requests + 1
        return requests[sent]
    end
else
    local file = assert(io.open(os.getenv("BODY"), "rb"))
    wrk.body = file:read("*a")
    file:close()
end

-- For programs: answers, others than 200, errors of sockets, seconds, and microseconds that 50 and 99 of a hundred took.
function done(summary, latency)
    local errors = summary.errors
    print(string.format("measured %d %d %d %f %f %f", summary.requests, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout, summary.duration / 1e6,
        latency:percentile(50), latency:percentile(99)))
end
