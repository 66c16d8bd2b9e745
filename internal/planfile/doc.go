// Package planfile is a plan as JSON, in two forms. A Document (New) is what --json prints, for programs to read: it
// leaves out what a sensitive variable gave. A saved plan (Save, Load) is what apply carries out later: it holds every
// body, and a keyed hash in place of each sensitive value, which Saved.Plan fills in again from the configuration
// and Datadog as they are by then. Saved.Stale says what has changed in Datadog since.
//
// What a saved plan proves: The checksum is a plain SHA-256 of the plan. It detects a file that was cut or edited by
// accident, and nothing else: an attacker who edits the plan can compute the checksum again, so a plan is only as
// trustworthy as the place where it was stored. The hashes prove that apply writes the sensitive values that were
// reviewed. They are HMAC-SHA-256 with a key derived from SaveOptions.Key, which is not in the file, and from a salt,
// which is, and with the place of the value, so that equal values do not have equal hashes. Without the key, no one can guess a value from the file, however short it is, or compute the hash of another
// value. With the key, a short value can be found by trying. A plan that was saved without a key, as with the sandbox,
// does not protect short values at all.
//
// It is pure: no network, no files, no clock, no randomness. Neither form holds a key or the value of a sensitive
// variable.
package planfile
