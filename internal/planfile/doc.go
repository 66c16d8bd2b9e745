// Package planfile is the one JSON format of a plan: what --json prints and what a saved plan is. It is versioned,
// holds no keys, and no value of a sensitive variable. The entry point is New.
package planfile
