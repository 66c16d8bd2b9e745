package evaluate

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
	"ddmon/internal/series"
)

// modifiers are the modifiers of a metric and its enclosing expressions.
type modifiers struct {
	asCount, asRate bool
	agg             string
	seconds         float64
	fill            string
	fillValue       float64
	limit           float64
	shift           float64 // seconds
}

// with adds a chain of modifiers. Values that are already set take precedence, because their modifier is closer to the
// metric.
func (m modifiers) with(chain []*ddquery.Method) (modifiers, error) {
	for _, method := range chain {
		name := method.Name.Name
		known := function.FindModifier(name)
		if known == nil || !known.Replay {
			return m, NotEvaluated("the modifier ." + name + "() is not supported")
		}
		words, number, numbered := arguments(method.Args)
		switch name {
		case "as_count", "as_rate":
			if !m.asCount && !m.asRate {
				m.asCount, m.asRate = name == "as_count", name == "as_rate"
			}
		case "rollup":
			if m.agg == "" && len(words) > 0 {
				m.agg = words[0]
			}
			if m.seconds == 0 && numbered {
				m.seconds = number
			}
		case "fill":
			if m.fill != "" {
				continue
			}
			if len(words) > 0 {
				m.fill, m.limit = words[0], number
			} else if value, ok := firstNumber(method.Args); ok {
				m.fill, m.fillValue = fillValue, value
				if len(method.Args) > 1 {
					m.limit = number
				}
				continue
			}
			if !slices.Contains(known.Methods, m.fill) {
				return m, NotEvaluated("the fill method " + m.fill + " is not supported")
			}
		case "timeshift":
			m.shift += number
		}
	}
	return m, nil
}

// arguments returns the words and the last number among arguments.
func arguments(args []ddquery.Expr) (words []string, number float64, numbered bool) {
	for _, a := range args {
		switch a := a.(type) {
		case *ddquery.Ref:
			words = append(words, a.Name)
		case *ddquery.String:
			words = append(words, a.Value)
		default:
			if v, ok := literal(a); ok {
				number, numbered = v, true
			}
		}
	}
	return words, number, numbered
}

// fillValue is the method of .fill(5).
const fillValue = "value"

// firstNumber returns the first argument if it is a number.
func firstNumber(args []ddquery.Expr) (float64, bool) {
	if len(args) == 0 {
		return 0, false
	}
	return literal(args[0])
}

// literal returns the value of a number with an optional sign.
func literal(x ddquery.Expr) (float64, bool) {
	switch x := x.(type) {
	case *ddquery.Number:
		return x.Value, true
	case *ddquery.Unary:
		v, ok := literal(x.X)
		return -v, ok
	}
	return 0, false
}

// rollup returns the time aggregation: sum for counts, otherwise avg.
func (m modifiers) rollup(typ series.Type) string {
	switch {
	case m.agg != "":
		return m.agg
	case typ == series.Count && (m.asCount || m.asRate), typ == series.Rate && m.asCount:
		return "sum"
	}
	return "avg"
}

// filler returns how gaps are filled. Counts are not interpolated unless .fill() is set.
func (m modifiers) filler(counted bool) filler {
	switch {
	case m.fill != "" && m.limit > 0:
		return filler{m.fill, m.fillValue, min(Milliseconds(m.limit, Second), maxFill)}
	case m.fill != "":
		return filler{m.fill, m.fillValue, defaultFill}
	case counted:
		return filler{method: "null"}
	}
	return filler{method: "linear", limit: defaultFill}
}

// scale converts samples as the modifiers require. A count with as_rate is divided by the bucket length. A rate with
// as_count is multiplied by the interval of the sample. A gauge is unchanged.
func (m modifiers) scale(typ series.Type, step int64) func(value float64, interval int64) float64 {
	switch {
	case typ == series.Count && m.asRate:
		return func(v float64, _ int64) float64 { return v / (float64(step) / 1000) }
	case typ == series.Rate && m.asCount:
		return func(v float64, interval int64) float64 { return v * float64(interval) / 1000 }
	}
	return nil
}
