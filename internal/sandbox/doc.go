// Package sandbox emulates Datadog on this machine: an http.Handler with a persistent store that responds to requests
// for monitors, SLOs, downtimes and dashboards like the API. The offline default and the tests use it because, unlike
// a mock, it can disagree with ddmon.
//
// It is modeled on recorded traffic only. It must not import the kind, plan or ddapi packages: an emulator that
// shared the differ's tables would agree with them by construction, and "apply, then the plan is empty" would prove
// nothing. It checks queries and their options with ddquery, the parser that all packages use. It rejects requests only
// with error messages that Datadog is known to send, and accepts whatever it cannot check.
//
// With Options.Telemetry, it also answers queries for metrics, logs and events, and monitors have states. The values come
// through the interface Telemetry; the sandbox itself evaluates nothing.
//
// SLO corrections, history, reports, search and bulk deletion are not implemented.
//
// The entry points are Open and NewHTTPServer. A Server is safe for concurrent use. A write is on disk before its
// response is sent.
//
// # Fault scripts
//
// A fault script makes the sandbox fail on purpose. ParseFaults reads it, and Options.Faults enables it. Each line is a
// rule, METHOD PATH WHEN FAULT..., and a word that starts with # starts a comment:
//
//	# the third monitor is created, but the response is lost; lists show it five requests later
//	POST      /api/v1/monitor     3         reset=after stale=5
//	GET       /api/v1/monitor     2-4       status=429
//	PUT,POST  /api/v1/dashboard/* every=10  status=502
//	*         *                   always    latency=50ms
//
// METHOD is GET, POST, PUT, PATCH or DELETE, a comma-separated list of them, or * for all. PATH excludes the query
// string. In it, * matches one path segment and ** matches any number of segments; * alone matches every path. WHEN
// selects by the number of the matching request, starting at 1: always, the third (3), a range (2-5, or 2- without an
// end), or every=3 for the third, sixth and so on. Retries are counted too. Every rule counts all requests that match
// it, but only the first rule that applies affects a request.
//
// A rule can combine these two faults with each other and with one of the faults below:
//
//	latency=200ms    delay the request first
//	stale=3          lists and searches do not show what the request writes in the next 3 requests of any kind;
//	stale=2s         or for 2 s. A get by id shows it immediately, and duplicates of it are rejected.
//
// A rule has at most one of these:
//
//	status=403       the keys do not have the permission
//	status=429       the endpoint's rate limit is reached, until its window ends by the sandbox's clock
//	status=502       500, 502, 503 or 504 from the gateway, before the request is processed; 504:after after it
//	reset=before     the connection is closed without a response, before the request is processed
//	reset=after      the connection is closed without a response, after the request was processed
//	truncate=100     only 100 bytes of the body, with the Content-Length of the full body; shorter bodies are complete
//	slow=5s          the body is sent in eight chunks spread over this time
//	body=broken      only the first half of the body, with a matching Content-Length
//	body=wrong       JSON of the wrong type: an array instead of an object, or the reverse
//	body=empty       no body
//	body=html        200 and a web page, before the request is processed; html:after after it
//
// With truncate=, slow= and the other body= faults, the request is processed. Go's HTTP client silently retries a GET
// if a reused connection is closed without a response. Disable keep-alives in a client that must see every reset=.
package sandbox
