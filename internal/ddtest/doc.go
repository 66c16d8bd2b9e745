// Package ddtest is what the tests of several packages share: folders of files, golden files, JSON bodies, the recorded
// traffic of Datadog, and the built command. The packages below it add what needs packages of ddmon: objecttest objects
// of a configuration and of Datadog, recordingtest recordings of metrics and logs, shop the stack of this repository.
//
// Only tests import it. It imports nothing of ddmon, so the tests of every package can use it. Every function fails or
// skips the test that calls it; none returns an error.
package ddtest
