package explain

import (
	"ddmon/internal/ddquery"
)

// measured says what an expression gives. One metric is one sentence; arithmetic is shown with letters that are
// explained one a line.
func measured(x ddquery.Expr) []string {
	if !calculates(x) {
		return []string{"Measures " + plain(x) + "."}
	}
	l := &letters{of: map[string]string{}}
	lines := []string{"Measures " + l.expr(x) + ", where:"}
	return append(lines, l.lines...)
}

// calculates reports whether there is arithmetic in an expression.
func calculates(x ddquery.Expr) bool {
	found := false
	ddquery.Walk(x, func(n ddquery.Node) bool {
		switch n.(type) {
		case *ddquery.Binary, *ddquery.Unary:
			found = true
		case *ddquery.Source:
			return false
		}
		if c, ok := n.(*ddquery.Call); ok && len(c.Args) > 0 {
			found = found || calculates(c.Args[0])
			return false // a minus in a function's other arguments is no arithmetic
		}
		return !found
	})
	return found
}

// plain says what an expression without arithmetic gives.
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

// letters replaces what an expression calculates with by letters.
type letters struct {
	of    map[string]string // by the text of the part
	lines []string
}

// expr writes an expression with arithmetic in it.
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

// operand writes a side of a calculation: itself a calculation, a number, or a letter. A function of a calculation
// gets a letter too, because its words would not show where it ends.
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
	if calculates(x) {
		return l.letter(key, l.expr(x))
	}
	return l.letter(key, plain(x))
}

// letter gives the next letter to a part: A to Z, AA and so on.
func (l *letters) letter(key, meaning string) string {
	letter := ""
	for n := len(l.of) + 1; n > 0; n = (n - 1) / 26 {
		letter = string(rune('A'+(n-1)%26)) + letter
	}
	l.of[key] = letter
	l.lines = append(l.lines, letter+" is "+meaning+".")
	return letter
}
