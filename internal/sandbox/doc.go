// Package sandbox is a Datadog on this machine: an http.Handler with a real store that answers for monitors, SLOs
// and dashboards as the API does, so that the offline default and the tests talk to something that can disagree with
// us.
//
// What it knows it has from recorded traffic alone. It may not import the kind, plan or ddapi packages: an
// emulator that shared the differ's tables would agree with them by construction, and "apply, then the plan is
// empty" would prove nothing. Queries and the options that have to fit them it judges through ddquery, the parser
// that everybody uses. It refuses only with texts that Datadog is known to answer; what it cannot judge it accepts.
//
// Of SLOs it has no corrections, history, reports, search and bulk deletion.
//
// The entry points are Open and NewHTTPServer. A Server is safe for concurrent use; a write is on disk before its answer is sent.
//
// # Fault scripts
//
// A fault script, read by ParseFaults and given in Options, makes the sandbox fail on purpose. Each line is a rule,
// METHOD PATH WHEN FAULT..., and a word that begins with # begins a comment:
//
//	# the third monitor is created, but nobody is told; lists show it five requests later
//	POST      /api/v1/monitor     3         reset=after stale=5
//	GET       /api/v1/monitor     2-4       status=429
//	PUT,POST  /api/v1/dashboard/* every=10  status=502
//	*         *                   always    latency=50ms
//
// METHOD is GET, POST, PUT, PATCH or DELETE, several with commas, or * for all. PATH is without the query; * in it
// stands for what is between two slashes, ** for any number of such parts, and * alone for every path. WHEN counts
// the requests that fit METHOD and PATH, from 1: always, the third (3), a range (2-5; 2- has no end), or every=3, the
// third, sixth and so on. Requests that a client repeats are counted again. Each rule counts all that fit it, but the
// first rule that applies is all that happens to a request.
//
// Two faults go together with each other and with any of those below:
//
//	latency=200ms    the request waits first
//	stale=3          what the request writes is not shown by lists and searches in the next 3 requests of any kind;
//	stale=2s         or for a time. By its id it can be got at once, and twins of it are refused.
//
// Of these a rule has at most one:
//
//	status=429       the rate limit of the endpoint is reached, until its window ends by the sandbox's clock
//	status=502       500, 502, 503 or 504, from the gateway: nothing was done; with :after (504:after) it was
//	reset=before     the connection is closed without an answer, and nothing was done
//	reset=after      the same, but what was asked for was done
//	truncate=100     only 100 bytes of the body come, under the length of the whole; a shorter body comes whole
//	slow=5s          the body comes in eight pieces, spread over that time
//	body=broken      the first half of the body, as if it were the whole
//	body=wrong       JSON, but an array instead of an object, or the reverse
//	body=empty       no body
//	body=html        200 and a web page: nothing was done; with :after (html:after) it was
//
// After truncate=, slow= and the other body= faults the request was carried out. Go's own HTTP client silently repeats a
// GET whose connection was used before and then closed without an answer; a client that is to see each reset=
// disables keep-alives.
package sandbox
