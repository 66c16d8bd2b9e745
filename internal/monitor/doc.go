// Package monitor says what a monitor's body means: its options with their units and defaults, which parts of its
// message are sent at which change of status, and who receives them.
//
// Of reads a body once into a Monitor. ReadMessage finds the recipients and the conditions around them, and Shown decides
// a single condition. Whoever asks what a monitor does asks here, so that the linter, the replay and the explanation agree.
//
// It is pure: no network, no clock, no files. Of ddmon it knows only the queries (ddquery), so that the sandbox, which may
// not share what the differ knows of objects, can judge monitors by it.
package monitor
