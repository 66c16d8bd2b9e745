package lint

// Facts are what is known of metrics.
type Facts struct{}

// DefaultFacts returns them.
func DefaultFacts() *Facts { return &Facts{} }
