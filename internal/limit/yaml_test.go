package limit

import "testing"

// TestYAMLSigns: what the characters of a document can mean at most. Dashes, question marks and colons begin an element
// only at the start of a line, with a blank behind them.
func TestYAMLSigns(t *testing.T) {
	type signs struct{ elements, tokens, deepest int }
	for text, want := range map[string]signs{
		"":            {0, 0, 0},
		"a":           {0, 0, 0},
		"a\n":         {1, 1, 0},
		"a\nb":        {1, 1, 0},
		"-":           {0, 1, 1},
		"- a":         {0, 1, 2},
		"-a":          {0, 1, 0},
		"-\ta":        {0, 1, 2},
		"-\n":         {1, 2, 1},
		"-\r\n":       {1, 2, 1},
		"-\u2028":     {1, 2, 1},
		"- - a":       {1, 2, 4},
		"- - - a":     {2, 3, 6},
		"- -a":        {0, 2, 2},
		"- -":         {1, 2, 3},
		"? a":         {0, 1, 2},
		"? ? a":       {1, 2, 4},
		": a":         {0, 1, 2},
		"a: - - b":    {0, 3, 0},
		"a - - b":     {0, 2, 0},
		"  - a":       {0, 1, 4},
		"  a\n    b":  {1, 1, 4},
		"    a\n  b":  {1, 1, 4},
		"- a\n- b":    {1, 3, 2},
		"- - a\n- b":  {2, 4, 4},
		"[a, b]":      {2, 3, 1},
		"[[a], {b}]":  {4, 7, 3},
		"{a: 1}":      {1, 3, 1},
		"[\n[":        {3, 3, 2},
		"&a *b !c":    {0, 3, 0},
		"\"a\" 'b'":   {0, 4, 0},
		"a\r\nb\r\nc": {2, 2, 0},
	} {
		var s yamlSigns
		s.scan(text)
		if got := (signs{s.elements, s.tokens, s.deepest}); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}
