package replay

// or returns the number, or otherwise if it is nil.
func or(n *float64, otherwise float64) float64 {
	if n != nil {
		return *n
	}
	return otherwise
}

// isTrue reports whether an option is set and true.
func isTrue(b *bool) bool { return b != nil && *b }
