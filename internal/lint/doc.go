// Package lint says what is wrong with a stack's objects before anybody asks Datadog: Validate finds what Datadog
// would refuse, Lint what it would accept although it is probably a mistake. Both take the desired objects and return
// diagnostics that point at the characters concerned.
//
// It has no network, no clock and no file. It knows less than Datadog: only a refusal that is known is an error,
// whatever is unsure is a warning. What it knows of metrics is data (facts.txt, Facts), to which a stack may add.
//
// A rule is one file, named after its code; its section in docs explains it. Start reading at Lint and Rules.
package lint
