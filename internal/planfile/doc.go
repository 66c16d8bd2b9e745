// Package planfile is a plan as JSON, in two forms. A Document (New) is what --json prints, for programs to read: it
// leaves out what a sensitive variable gave. A saved plan (Save, Load) is what apply carries out later: it holds every
// body, and a salted hash in place of each sensitive value, which Saved.Plan fills in again from the configuration
// and Datadog as they are by then. Saved.Stale says what has changed in Datadog since.
//
// It is pure: no network, no files, no clock, no randomness. Neither form holds a key or the value of a sensitive
// variable.
package planfile
