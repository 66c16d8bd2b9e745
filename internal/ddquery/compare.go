package ddquery

// Satisfies reports whether value op limit is true, for the operators of a Comparison and of searches. It treats any
// other operator as !=.
func Satisfies(value float64, op string, limit float64) bool {
	switch op {
	case ">":
		return value > limit
	case ">=":
		return value >= limit
	case "<":
		return value < limit
	case "<=":
		return value <= limit
	case "==":
		return value == limit
	}
	return value != limit
}
