package lang

// Session is the state that the scopes of one evaluation share. It allows values to pass from one scope to another with
// their references and sensitive marks.
type Session struct {
	// Report collects diagnostics.
	Report *Reporter
	// Refs are the objects whose ids are referenced.
	Refs *References
	// Secrets are the strings that are computed from sensitive values.
	Secrets *Secrets
	// Chain is the stack of names being evaluated.
	Chain *Chain
}

// NewSession returns the session of a new evaluation.
func NewSession(report *Reporter) *Session {
	return &Session{Report: report, Refs: newReferences(), Secrets: newSecrets(report), Chain: &Chain{report: report}}
}
