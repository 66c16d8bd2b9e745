// Package monitor provides a typed view of monitors: the options with their units and defaults, the parts of the
// message that are sent for a status change, and their recipients.
//
// FromBody converts the body of a monitor to a Monitor. ParseMessage finds the recipients and the conditions around
// them, Notified returns recipients with the events that notify them, and Shown evaluates a single condition. Querying and
// MissingDataPolicy say what happens without data. All packages use it, so that lint, plan, replay and explain agree.
//
// It is pure: no network, no clock, no files. It only imports ddquery and function, so that the sandbox can use it
// without sharing code with the differ.
package monitor
