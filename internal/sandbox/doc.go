// Package sandbox is a Datadog on this machine: an http.Handler with a real store that answers for monitors and
// dashboards as the API does, so that the offline default and the tests talk to something that can disagree with
// us.
//
// What it knows it has from recorded traffic alone. It may not import the kind, plan or ddapi packages: an
// emulator that shared the differ's tables would agree with them by construction, and "apply, then the plan is
// empty" would prove nothing. Queries and the options that have to fit them it judges through ddquery, the parser
// that everybody uses. It refuses only with texts that Datadog is known to answer; what it cannot judge it accepts.
//
// The entry point is Open. A Server is safe for concurrent use; a write is on disk before its answer is sent.
package sandbox
