package lang

// Session is what the scopes of one evaluation share, so that a value can pass from one scope to another: an id in it
// stays that object's, and a sensitive part of it is remembered.
type Session struct {
	// Report collects what is wrong.
	Report *Reporter
	// Refs are the objects whose ids are mentioned.
	Refs *References
	// Secrets are the texts that are computed from sensitive values.
	Secrets *Secrets
	// Chain is what is being evaluated.
	Chain *Chain
}

// NewSession returns the session of an evaluation in which nothing is mentioned yet.
func NewSession(report *Reporter) *Session {
	return &Session{Report: report, Refs: newReferences(), Secrets: newSecrets(report), Chain: &Chain{report: report}}
}
