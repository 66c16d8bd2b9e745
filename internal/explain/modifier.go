package explain

import (
	"math"
	"strings"

	"ddmon/internal/ddquery"
)

// modified describes a modifier such as .rollup(sum, 60).
func modified(m *ddquery.Method) string {
	switch m.Name.Name {
	case "as_count":
		return "as a number of occurrences"
	case "as_rate":
		return "as a rate per second"
	case "weighted":
		return "weighted by how long each value lasted"
	case "fill":
		return filled(m)
	case "rollup":
		return rolledUp(m)
	case "timeshift":
		if seconds, ok := constant(argument(m.Args, 0)); ok {
			return shifted(seconds)
		}
	}
	return "with " + code(strings.TrimPrefix(ddquery.Print(m), "."))
}

// rolledUp explains .rollup(sum, 60), .rollup(60) and .rollup(sum).
func rolledUp(m *ddquery.Method) string {
	text := "rolled up"
	for _, arg := range m.Args {
		if seconds, ok := constant(arg); ok {
			text += " in intervals of " + formatSeconds(seconds)
		} else {
			text += " to " + strings.TrimSuffix(aggregated(argumentText(arg)), " of")
		}
	}
	return text
}

// filled explains .fill(last, 600).
func filled(m *ddquery.Method) string {
	how := argumentText(argument(m.Args, 0))
	limit := ""
	if seconds, ok := constant(argument(m.Args, 1)); ok && seconds > 0 {
		limit = " of up to " + formatSeconds(seconds)
	}
	switch how {
	case "null":
		return "with gaps left empty"
	case "last":
		return "with gaps" + limit + " filled with the previous value"
	case "linear":
		return "with gaps" + limit + " filled by linear interpolation"
	case "zero":
		how = "0"
	}
	return "with gaps" + limit + " filled with " + how
}

func shifted(seconds float64) string {
	if seconds > 0 {
		return "as it will be " + formatSeconds(seconds) + " later"
	}
	return "as it was " + formatSeconds(math.Abs(seconds)) + " before"
}

// argument returns the argument at index n; nil if there are fewer.
func argument(args []ddquery.Expr, n int) ddquery.Expr {
	if n < len(args) {
		return args[n]
	}
	return nil
}

// constant returns the value of a number with an optional minus sign.
func constant(x ddquery.Expr) (float64, bool) {
	switch x := x.(type) {
	case *ddquery.Number:
		return x.Value, true
	case *ddquery.Unary:
		v, ok := constant(x.X)
		return -v, ok
	}
	return 0, false
}

// argumentText returns the value of a string, quoted or not; any other argument is printed.
func argumentText(x ddquery.Expr) string {
	switch x := x.(type) {
	case nil:
		return ""
	case *ddquery.String:
		return x.Value
	case *ddquery.Ref:
		return x.Name
	}
	return ddquery.Print(x)
}
