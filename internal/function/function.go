// Package function is the catalogue of the functions and modifiers of Datadog's metric queries and formulas: their
// names, number of arguments, use in monitors, support in replays, and descriptions.
//
// Lookup finds a function, FindModifier a modifier. The parser accepts any name; monitorcheck, lint, replay and explain
// use the catalogue, and their tests compare what they implement with it.
package function

import (
	"strconv"
	"strings"
)

// Function is a function from Datadog's documentation or from recorded monitors and dashboards.
type Function struct {
	// Name is the name in queries. For a family it is the name without the number.
	Name string
	// Args is the number of required arguments, including the query. Optional is how many more it can have.
	Args, Optional int
	// InMonitor is whether monitors can use it.
	InMonitor Use
	// NotInForecast means that it is not allowed inside forecast().
	NotInForecast bool
	// Algorithm marks anomalies, outliers and forecast, whose results have their own kind of threshold.
	Algorithm bool
	// FillsMissing marks default_zero and default, which replace missing data with a number.
	FillsMissing bool
	// Signed means that the result can be negative even if the argument never is.
	Signed bool
	// Replay is where a replay evaluates it.
	Replay Scope
	// Words describe the result: %s is the query, %d the number in the name of a family member, %n the argument after
	// the query, and %g the keys that the query groups by. It is empty if the description needs more than that.
	Words string
	// family describes the rest of the name; nil for a single function.
	family *family
}

// Use is whether monitors can use a function.
type Use int

// Values of Use.
const (
	Allowed Use = iota
	// WindowDependent functions are allowed, but their result depends on the start of the window.
	WindowDependent
	// Refused functions cannot be used in a monitor.
	Refused
)

// Scope is where a replay evaluates a function.
type Scope int

// Values of Scope.
const (
	Nowhere Scope = iota
	// InQueries is in metric queries of monitors and formulas.
	InQueries
	// Everywhere is in metric queries, and in formulas over the values of a whole window.
	Everywhere
)

// family is a set of functions whose names differ only in a number.
type family struct {
	// numbers are the allowed numbers; nil means any.
	numbers []int
	// suffix means that a word can follow the number, as in top5_mean.
	suffix bool
}

// member reports whether rest, the name without the family's name, is valid for the family.
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

// Lookup returns the function with the name used in a query, or nil if it is not in the catalogue: it is newer or
// misspelled. Names are case-sensitive.
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

// All returns the catalogue, which must not be modified.
func All() []Function { return catalogue[:] }

// MissingFillers returns the names of the functions that replace missing data.
func MissingFillers() []string {
	var names []string
	for i := range catalogue {
		if catalogue[i].FillsMissing {
			names = append(names, catalogue[i].Name)
		}
	}
	return names
}

// Names returns the names of the functions in queries. Families with arbitrary numbers are omitted.
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

// Example returns a name of the function in queries.
func (f *Function) Example() string {
	switch {
	case f.family == nil:
		return f.Name
	case f.family.numbers == nil:
		return f.Name + "5"
	}
	return f.Name + strconv.Itoa(f.family.numbers[0])
}
