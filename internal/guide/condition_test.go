package guide

import (
	"math/rand/v2"
	"testing"
)

var verdicts = []Verdict{OK, Failed, Unknown}

func TestCondition(t *testing.T) {
	a, b := Is{"a", Failed}, Is{"b", OK}
	for _, c := range []struct {
		name      string
		condition Condition
		a, b      Verdict
		want      Truth
	}{
		{"failed", a, Failed, OK, True},
		{"not failed", a, OK, OK, False},
		{"unknown makes neither true", a, Unknown, OK, Unsure},
		{"nor false", Not{a}, Unknown, OK, Unsure},
		{"asking for unknown is certain", Is{"a", Unknown}, Unknown, OK, True},
		{"and is certain to be false", Is{"a", Unknown}, OK, OK, False},
		{"unknown || true", Any{a, b}, Unknown, OK, True},
		{"unknown || false", Any{a, b}, Unknown, Failed, Unsure},
		{"unknown && false", All{a, b}, Unknown, Failed, False},
		{"unknown && true", All{a, b}, Unknown, OK, Unsure},
	} {
		if got := c.condition.Eval(map[string]Verdict{"a": c.a, "b": c.b}); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// randomCondition returns a condition over the steps a to d that does not ask for unknown verdicts.
func randomCondition(r *rand.Rand, depth int) Condition {
	if depth == 0 || r.IntN(3) == 0 {
		return Is{string(rune('a' + r.IntN(4))), verdicts[r.IntN(2)]}
	}
	x := randomCondition(r, depth-1)
	switch r.IntN(3) {
	case 0:
		return Not{x}
	case 1:
		return All{x, randomCondition(r, depth-1)}
	}
	return Any{x, randomCondition(r, depth-1)}
}

// TestConditionIsMonotonic: once a condition is certain, learning an unknown verdict does not change it.
func TestConditionIsMonotonic(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	certain := 0
	for range 5000 {
		c := randomCondition(r, 4)
		given := map[string]Verdict{}
		for _, name := range []string{"a", "b", "c", "d"} {
			given[name] = verdicts[r.IntN(3)]
		}
		before := c.Eval(given)
		for _, name := range Steps(c) {
			if given[name] == Unknown {
				given[name] = verdicts[r.IntN(2)]
			}
		}
		after := c.Eval(given)
		if after == Unsure || before != Unsure && before != after {
			t.Fatalf("%#v: %s, then %s with %v", c, before, after, given)
		}
		if before != Unsure {
			certain++
		}
	}
	if certain == 0 || certain == 5000 {
		t.Errorf("%d of 5000 conditions were certain", certain)
	}
}

func TestPossible(t *testing.T) {
	a, b := Is{"a", Failed}, Is{"b", OK}
	for _, c := range []struct {
		condition Condition
		want      bool
	}{
		{a, true},
		{All{a, b}, true},
		{All{a, Is{"a", OK}}, false},
		{All{a, Not{a}}, false},
		{All{Is{"a", Unknown}, a}, false},
		{Any{All{a, Not{a}}, b}, true},
		{Not{Any{a, Not{a}}}, false},
	} {
		if got := Possible(c.condition); got != c.want {
			t.Errorf("%#v: %t", c.condition, got)
		}
	}
}
