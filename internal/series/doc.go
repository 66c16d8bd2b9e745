// Package series reads recordings: the metrics, logs and events of an incident or of a healthy day. Package replay runs
// monitors over them.
//
// A recording is a folder with a file recording.hcl, or a single file in that format with any name. It is text that can
// be reviewed in a pull request. The files it names must be in the same folder or below it. reference.go describes the
// format; the loader accepts exactly what it lists, and `ddmon schema recording` prints it.
//
// The compact notation of samples resembles promtool's, but the count is the number of samples: promtool's 0+2x25 has
// 26.
//
// limits.go has the limits. Every error has a location and says what to do. Only the first error of a CSV or JSON Lines
// file is reported.
//
// The package uses no network and reads no clock. Start reading at Load. notation.go is independent of the other files.
package series
