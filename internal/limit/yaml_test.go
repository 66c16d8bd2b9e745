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

// TestYAMLKeys: a key that is a number costs steps wherever it begins, and the same everywhere. Explicit keys and tags
// need the decoder.
func TestYAMLKeys(t *testing.T) {
	keys := func(text string) (cost int, explicit bool) {
		var s yamlSigns
		s.scan(text)
		return s.keys, s.explicit
	}
	one, _ := keys("12: a")
	if one == 0 {
		t.Fatal("a number costs nothing")
	}
	for text, want := range map[string]struct {
		numbers  int
		explicit bool
	}{
		"a\n12: b":      {1, false},
		"a\r\n12: b":    {1, false},
		"a\u202812: b":  {1, false},
		"  12: a":       {1, false},
		"\t12: a":       {1, false},
		"- 12: a":       {1, false},
		"{12: a}":       {1, false},
		"[12: a]":       {1, false},
		"{a: b,12: c}":  {1, false},
		"{a: {},12: c}": {1, false},
		"{a: b}12: c":   {1, false},
		"12: a\n12: b":  {2, false},
		"12:\n  12:\n":  {2, false},
		"12:":           {1, false},
		"12:,":          {1, false},
		"12:a":          {0, false},
		"a12: b":        {0, false},
		"x 12y: b":      {0, false},
		"a: 12":         {0, false},
		"12":            {0, false},
		"? 12":          {0, true},
		"?":             {0, true},
		"?12":           {0, false},
		"!!int 12":      {0, true},
		"- !a b":        {0, true},
		"[!a b]":        {0, true},
		"a!b":           {0, false},
	} {
		if cost, explicit := keys(text); cost != want.numbers*one || explicit != want.explicit {
			t.Errorf("%q costs %d (explicit %v), want %d numbers of %d (explicit %v)", text, cost, explicit, want.numbers, one, want.explicit)
		}
	}
}
