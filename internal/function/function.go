// Package function is the catalogue of the functions and modifiers of Datadog's metric queries and formulas: their names,
// how many arguments they have, where a monitor may use them, whether a replay evaluates them, and what they do in words.
//
// Lookup finds a function, FindModifier a modifier. The parser accepts any name; the checker, the linter, the replay and
// the explanation ask here, and tests of each hold what they implement against the catalogue. It imports nothing.
package function

import (
	"strconv"
	"strings"
)

// Function is a function of Datadog's documentation, or of recorded monitors and dashboards.
type Function struct {
	// Name is the name as written. A Family has the name of its members without their number.
	Name string
	// Args are how many arguments it needs, the query included.
	Args int
	// InMonitor is whether a monitor may use it.
	InMonitor Use
	// NotInForecast says that it may not be inside forecast().
	NotInForecast bool
	// Algorithm says that it is one of the three whose result a monitor compares with a number of its own: anomalies,
	// outliers and forecast.
	Algorithm bool
	// Signed says that its result may be below 0 where its argument never is.
	Signed bool
	// Replay is where a replay evaluates it.
	Replay Scope
	// Words describe the result: %s is the query, %d the number in the name of a family's member, and %n the argument
	// behind the query. Empty where the words depend on more than that, or there are none.
	Words string
	// family says what of the name may follow; nil for a single function.
	family *family
}

// Use says whether a monitor may use a function.
type Use int

// The uses.
const (
	Allowed Use = iota
	// WindowDependent functions are accepted, but depend on where the window starts.
	WindowDependent
	// Refused functions cannot be used in a monitor.
	Refused
)

// Scope says where a replay evaluates a function.
type Scope int

// The scopes.
const (
	Nowhere Scope = iota
	// InQueries is in the metric queries of monitors and of formulas.
	InQueries
	// Everywhere is in formulas, over the values of a whole window, as well.
	Everywhere
)

// family are functions whose names differ in a number.
type family struct {
	// numbers are those there are; nil if all are.
	numbers []int
	// suffix says that a word may follow, as in top5_mean.
	suffix bool
}

// member reports whether what follows a family's name makes one of its members.
func (f *family) member(rest string) bool {
	digits := 0
	for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits < len(rest) && !f.suffix {
		return false
	}
	if f.numbers == nil {
		return true
	}
	n, err := strconv.Atoi(rest[:digits])
	for _, known := range f.numbers {
		if err == nil && n == known && rest[0] != '0' {
			return true
		}
	}
	return false
}

// Lookup finds a function by the name that a query calls it by, nil if the catalogue has none: a newer one, or a
// misspelt name. Names are case-sensitive.
func Lookup(name string) *Function {
	for i := range catalogue {
		f := &catalogue[i]
		if f.family == nil {
			if f.Name == name {
				return f
			}
			continue
		}
		if rest, ok := strings.CutPrefix(name, f.Name); ok && f.family.member(rest) {
			return f
		}
	}
	return nil
}

// All returns the catalogue. It must not be changed.
func All() []Function { return catalogue[:] }

// Names returns the names that a query may call the functions by; of families with any number none, for there is no end
// of them.
func Names() []string {
	var names []string
	for i := range catalogue {
		f := &catalogue[i]
		switch {
		case f.family == nil:
			names = append(names, f.Name)
		default:
			for _, n := range f.family.numbers {
				names = append(names, f.Name+strconv.Itoa(n))
			}
		}
	}
	return names
}

// Example returns a name that calls the function.
func (f *Function) Example() string {
	switch {
	case f.family == nil:
		return f.Name
	case f.family.numbers == nil:
		return f.Name + "5"
	}
	return f.Name + strconv.Itoa(f.family.numbers[0])
}
