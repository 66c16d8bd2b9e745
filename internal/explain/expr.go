package explain

import (
	"ddmon/internal/ddquery"
)

// measures says what an expression measures. A single metric takes one sentence. Arithmetic is shown with letters, each
// explained on a line of its own.
func measures(x ddquery.Expr) []string {
	if !hasArithmetic(x) {
		return []string{"Measures " + plain(x) + "."}
	}
	l := &letters{of: map[string]string{}, grouped: len(ddquery.GroupKeys(x)) > 0}
	lines := []string{"Measures " + l.expr(x) + ", where:"}
	return append(lines, l.lines...)
}

// hasArithmetic reports whether an expression contains arithmetic.
func hasArithmetic(x ddquery.Expr) bool {
	found := false
	ddquery.Walk(x, func(n ddquery.Node) bool {
		switch n.(type) {
		case *ddquery.Binary, *ddquery.Unary:
			found = true
		case *ddquery.Source:
			return false
		}
		if c, ok := n.(*ddquery.Call); ok && len(c.Args) > 0 {
			found = found || hasArithmetic(c.Args[0])
			return false // a minus in the function's other arguments does not count
		}
		return !found
	})
	return found
}

// plain describes an expression without arithmetic.
func plain(x ddquery.Expr) string {
	switch x := x.(type) {
	case *ddquery.Source:
		return source(x)
	case *ddquery.Paren:
		return plain(x.X)
	case *ddquery.Call:
		if len(x.Args) == 0 {
			return code(ddquery.Print(x))
		}
		return call(x, plain(x.Args[0]))
	case *ddquery.Modified:
		text := plain(x.X)
		for _, modifier := range x.Modifiers {
			text += ", " + modified(modifier)
		}
		return text
	case *ddquery.Ref:
		return x.Name
	}
	return ddquery.Print(x)
}

// letters replaces the operands of an expression with letters.
type letters struct {
	of    map[string]string // by the text of the operand
	lines []string
	// grouped says that the result has groups, so that each operand must say which it has.
	grouped bool
}

// expr writes an expression that contains arithmetic.
func (l *letters) expr(x ddquery.Expr) string {
	switch x := x.(type) {
	case *ddquery.Unary:
		return "-" + l.operand(x.X)
	case *ddquery.Binary:
		return l.operand(x.X) + " " + string(x.Op) + " " + l.operand(x.Y)
	case *ddquery.Paren:
		return l.expr(x.X)
	case *ddquery.Call:
		if len(x.Args) > 0 {
			return call(x, "("+l.expr(x.Args[0])+")")
		}
	case *ddquery.Modified:
		text := "(" + l.expr(x.X) + ")"
		for _, modifier := range x.Modifiers {
			text += ", " + modified(modifier)
		}
		return text
	}
	return plain(x)
}

// operand writes one side of a calculation: a nested calculation, a number, or a letter. A function of a calculation
// gets a letter too, because its description would not show where it ends.
func (l *letters) operand(x ddquery.Expr) string {
	switch x := x.(type) {
	case *ddquery.Number:
		return x.Text
	case *ddquery.Unary, *ddquery.Binary:
		return l.expr(x)
	case *ddquery.Paren:
		return "(" + l.operand(x.X) + ")"
	}
	key := ddquery.Print(x)
	if letter, ok := l.of[key]; ok {
		return letter
	}
	if hasArithmetic(x) {
		return l.letter(key, l.expr(x))
	}
	return l.letter(key, plain(x)+l.groups(x))
}

// groups says for which groups an operand is calculated.
func (l *letters) groups(x ddquery.Expr) string {
	keys := distinct(ddquery.GroupKeys(x))
	switch {
	case !l.grouped:
		return ""
	case len(keys) == 0:
		return ", for all groups together"
	}
	return ", for " + eachGroup(keys)
}

// letter assigns the next letter to an operand: A to Z, then AA and so on.
func (l *letters) letter(key, meaning string) string {
	letter := ""
	for n := len(l.of) + 1; n > 0; n = (n - 1) / 26 {
		letter = string(rune('A'+(n-1)%26)) + letter
	}
	l.of[key] = letter
	l.lines = append(l.lines, letter+" is "+meaning+".")
	return letter
}
