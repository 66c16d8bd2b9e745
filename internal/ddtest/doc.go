// Package ddtest provides helpers for the tests of several packages: folders of files, golden files, JSON bodies,
// recorded Datadog traffic, and the built command. Its subpackages provide helpers that depend on other packages of
// ddmon: objecttest for configured and live objects, recordingtest for recordings of metrics and logs, shop for the
// stack of this repository.
//
// Only tests import it. It does not import other packages of ddmon, so that the tests of every package can use it. The
// functions fail or skip the calling test instead of returning errors.
package ddtest
