package lint

// Rules returns the rules by code, each time in the same order.
func Rules() []Rule {
	return []Rule{}
}
