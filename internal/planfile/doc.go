// Package planfile writes and reads a plan as JSON, in two forms. A Document (New) is the output of --json, for
// programs to read. It redacts sensitive values. A saved plan (Save, Load) is applied later. It has every body, with a
// keyed hash in place of each sensitive value. Saved.Plan restores these values from the configuration and from
// Datadog. Saved.Stale reports what changed in Datadog since the plan was made.
//
// The checksum of a saved plan is a plain SHA-256. It detects accidental truncation and edits only: an attacker who
// edits the plan can recompute it, so a plan is only as trustworthy as its storage.
//
// The hashes ensure that apply writes the sensitive values that were reviewed. They are HMAC-SHA-256 over the value and
// its path, so equal values have different hashes. The key is derived from SaveOptions.Key, which is not in the file,
// and a salt, which is. Without the key, a value cannot be guessed from the file, however short it is. With the key, a
// short value can be found by brute force. A plan saved without a key, as with the sandbox, does not protect short
// values.
//
// The package is pure: no network, no files, no clock, no randomness. Neither form contains a key or the value of a
// sensitive variable.
package planfile
