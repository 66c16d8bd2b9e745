package guide

// Truth is a truth value of three-valued logic: the verdict of a step that could not tell makes neither .ok nor .failed
// true or false.
type Truth string

// Truth values.
const (
	True   Truth = "yes"
	False  Truth = "no"
	Unsure Truth = "unknown"
)

// Condition is a condition over the verdicts of steps.
type Condition interface {
	// Eval returns the value of the condition.
	Eval(verdicts map[string]Verdict) Truth
	// visit calls a function for every step that the condition refers to.
	visit(func(Is))
}

// Is is step.NAME.VERDICT. With Verdict Unknown, it is true or false, never unsure.
type Is struct {
	Step    string
	Verdict Verdict
}

// All is X && Y.
type All struct{ X, Y Condition }

// Any is X || Y.
type Any struct{ X, Y Condition }

// Not is !X.
type Not struct{ X Condition }

// Eval implements Condition.
func (c Is) Eval(verdicts map[string]Verdict) Truth {
	actual := verdicts[c.Step]
	switch {
	case actual == c.Verdict:
		return True
	case actual == Unknown && c.Verdict != Unknown:
		return Unsure
	}
	return False
}

// Eval implements Condition.
func (c All) Eval(verdicts map[string]Verdict) Truth {
	return not(Any{Not{c.X}, Not{c.Y}}.Eval(verdicts))
}

// Eval implements Condition.
func (c Any) Eval(verdicts map[string]Verdict) Truth {
	x, y := c.X.Eval(verdicts), c.Y.Eval(verdicts)
	switch {
	case x == True || y == True:
		return True
	case x == Unsure || y == Unsure:
		return Unsure
	}
	return False
}

// Eval implements Condition.
func (c Not) Eval(verdicts map[string]Verdict) Truth { return not(c.X.Eval(verdicts)) }

func not(t Truth) Truth {
	switch t {
	case True:
		return False
	case False:
		return True
	case Unsure:
	}
	return Unsure
}

func (c Is) visit(f func(Is))  { f(c) }
func (c All) visit(f func(Is)) { c.X.visit(f); c.Y.visit(f) }
func (c Any) visit(f func(Is)) { c.X.visit(f); c.Y.visit(f) }
func (c Not) visit(f func(Is)) { c.X.visit(f) }

// maxSteps limits the steps of a condition for Possible, which tries all combinations of their verdicts.
const maxSteps = 6

// Size returns the number of verdicts that Possible looks at.
func Size(c Condition) int {
	parts := 0
	c.visit(func(Is) { parts++ })
	for range min(len(Steps(c)), maxSteps) {
		parts *= 3
	}
	return parts
}

// Steps returns the names of the steps that a condition refers to, in order, without duplicates.
func Steps(c Condition) []string {
	var names []string
	seen := map[string]bool{}
	c.visit(func(is Is) {
		if !seen[is.Step] {
			seen[is.Step] = true
			names = append(names, is.Step)
		}
	})
	return names
}

// Possible reports whether any combination of verdicts makes the condition true. Conditions over many steps are assumed
// to be possible.
func Possible(c Condition) bool {
	names := Steps(c)
	if len(names) > maxSteps {
		return true
	}
	verdicts := map[string]Verdict{}
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(names) {
			return c.Eval(verdicts) == True
		}
		for _, v := range []Verdict{OK, Failed, Unknown} {
			verdicts[names[i]] = v
			if try(i + 1) {
				return true
			}
		}
		return false
	}
	return try(0)
}
