// Package planfile is a plan as JSON, in two forms. A Document (New) is what --json prints, for programs to read: it
// leaves out what a sensitive variable gave. A saved plan (Save, Load) is what apply carries out later: it holds every
// body, and a keyed hash in place of each sensitive value, which Saved.Plan fills in again from the configuration
// and Datadog as they are by then. Saved.Stale says what has changed in Datadog since.
//
// What a saved plan proves, and what not. The checksum is a plain SHA-256 of what stands next to it: it finds a file that
// was cut or edited by accident. Whoever edits it on purpose can compute it anew, so a plan is as trustworthy as the
// place that it was kept in. The hashes prove that apply writes the sensitive values that were reviewed. They are
// HMAC-SHA-256 with a key derived from SaveOptions.Key, which is not in the file, and a salt that is: whoever has the
// file and not the key can neither guess a value, however short, nor make a hash that fits another one. Whoever has the
// key can find a short value by trying. Without a key, as with the sandbox, so can anyone who has the file.
//
// It is pure: no network, no files, no clock, no randomness. Neither form holds a key or the value of a sensitive
// variable.
package planfile
