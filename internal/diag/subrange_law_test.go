package diag

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// written is a piece of a template and its value; the value of a hole is n, which no literal contains.
type written struct{ source, meaning string }

var (
	anywhere = []written{
		{"a", "a"}, {"b", "b"}, {" ", " "}, {"{", "{"}, {"}", "}"}, {"é", "é"}, {"😀", "😀"}, {"$${", "${"}, {"%%{", "%{"},
		{"${n}", "5"}, {"#", "#"}, {"e\u0301", "é"},
	}
	inQuotes  = slices.Concat(anywhere, []written{{`\n`, "\n"}, {`\"`, `"`}, {`\\`, `\`}, {`\t`, "\t"}, {`\u00e9`, "é"}, {`\U0001F600`, "😀"}})
	inHeredoc = slices.Concat(anywhere, []written{{"\\", "\\"}, {`"`, `"`}, {"\t", "\t"}, {"\n", "\n"}, {"\n", "\n"}})
)

// TestSubRangeOfEveryCharacter writes templates at random and looks every character up.
func TestSubRangeOfEveryCharacter(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 1))
	for range 1000 {
		for _, f := range []func(*rand.Rand) (string, []written, []int){quoted, heredoc, flushed} {
			expr, pieces, at := f(random)
			checkPieces(t, expr, pieces, at)
		}
	}
}

// checkPieces locates each piece of a template; piece i begins at byte at[i] of expr.
func checkPieces(t *testing.T, expr string, pieces []written, at []int) {
	t.Helper()
	source, whole, value, ok := attribute(t, expr)
	if !ok {
		t.Fatalf("not an attribute: %s", expr)
	}
	offset := 0
	for i, p := range pieces {
		if !strings.HasPrefix(value[offset:], p.meaning) {
			t.Fatalf("%s is %q, want %q at %d", expr, value, p.meaning, offset)
		}
		begin, text := len(before)+at[i], p.source
		if text == "${n}" {
			begin, text = begin+2, "n"
		}
		got := SubRange(source, whole, value, offset, offset+len(p.meaning))
		offset += len(p.meaning)
		is := string(source[got.Start.Byte:got.End.Byte])
		beside := text == "n" && strings.HasPrefix(is, "n}${n") || text == "n" && strings.HasSuffix(is, "${n")
		if !beside && (got.Start.Byte != begin || is != text) {
			t.Fatalf("%s: piece %d %q is said to be %q at %d, want %d", expr, i, text, is, got.Start.Byte, begin)
		}
	}
}

// quoted begins with a letter, since a lone interpolation is a number.
func quoted(random *rand.Rand) (string, []written, []int) {
	pieces := slices.Insert(pick(random, inQuotes), 0, written{"x", "x"})
	text, at := join(`"`, pieces, "")
	return text + `"`, pieces, at
}

func heredoc(random *rand.Rand) (string, []written, []int) {
	pieces := append(pick(random, inHeredoc), written{"\n", "\n"})
	text, at := join("<<EOT\n", pieces, "")
	return text + "EOT", pieces, at
}

// flushed indents every line but empty ones by four; the first has no more, so that just four are dropped.
func flushed(random *rand.Rand) (string, []written, []int) {
	pieces := append(pick(random, inHeredoc), written{"\n", "\n"})
	pieces = slices.Insert(pieces, 0, written{"x", "x"})
	text, at := join("<<-EOT\n    ", pieces, "    ")
	return text + "    EOT", pieces, at
}

// pick chooses pieces that do not change the meaning of adjacent ones.
func pick(random *rand.Rand, from []written) []written {
	out := []written{}
	for range random.IntN(12) {
		p := from[random.IntN(len(from))]
		if n := len(out); n > 0 && p.source == "\n" && out[n-1].source == "\n" {
			continue
		}
		out = append(out, p)
	}
	return out
}

// blank reports whether the pieces begin with a line of white space, which <<- keeps.
func blank(pieces []written) bool {
	for _, p := range pieces {
		if p.source == "\n" {
			return true
		}
		if strings.TrimSpace(p.source) != "" {
			return false
		}
	}
	return false
}

// join writes pieces behind an opening, with an indentation at the beginning of each line but the first.
func join(opening string, pieces []written, indent string) (text string, at []int) {
	text = opening
	for i, p := range pieces {
		if i > 0 && pieces[i-1].source == "\n" && !blank(pieces[i:]) {
			text += indent
		}
		at = append(at, len(text))
		text += p.source
	}
	return text, at
}

// FuzzSubRange checks that no input causes a panic or a position outside the expression, that positions increase with
// offsets, and that the position of each character of a plain literal is exact.
func FuzzSubRange(f *testing.F) {
	mark := strings.NewReplacer("«", "", "»", "")
	for _, c := range subRanges {
		f.Add(mark.Replace(c.expr), c.part, 0, 1)
	}
	f.Fuzz(func(t *testing.T, expr, value string, from, to int) {
		if len(expr) > 300 || len(value) > 300 {
			t.Skip()
		}
		source, at, own, ok := attribute(t, expr)
		if !ok {
			t.Skip()
		}
		for _, v := range []string{value, own, strings.TrimSpace(own)} {
			within(t, at, SubRange(source, at, v, from, to))
			last := at.Start
			for i := range len(v) {
				got := SubRange(source, at, v, i, i+1)
				within(t, at, got)
				if got.Start.Byte < last.Byte && got != at {
					t.Fatalf("byte %d of %q is said to stand at %v, the one before at %v", i, v, got, last)
				}
				last = got.Start
			}
		}
		checkPlain(t, source, at, own)
	})
}

func within(t *testing.T, outer, r hcl.Range) {
	t.Helper()
	if r.Start.Byte < outer.Start.Byte || r.End.Byte > outer.End.Byte || r.Start.Byte > r.End.Byte ||
		r.Start.Line < outer.Start.Line || r.Filename != outer.Filename {
		t.Fatalf("%v (%d-%d) is not inside %v (%d-%d)", r, r.Start.Byte, r.End.Byte, outer, outer.Start.Byte, outer.End.Byte)
	}
}

// checkPlain reads what is said to be each character's source, if the expression is a template of literal text only.
func checkPlain(t *testing.T, source []byte, at hcl.Range, value string) {
	t.Helper()
	if !utf8.ValidString(value) {
		return // has no characters
	}
	node, _ := hclsyntax.ParseExpression(append(slices.Clone(source[at.Start.Byte:at.End.Byte]), '\n'), "", hcl.InitialPos)
	template, ok := node.(*hclsyntax.TemplateExpr)
	if !ok || len(template.Parts) != 1 {
		return
	}
	if _, literal := template.Parts[0].(*hclsyntax.LiteralValueExpr); !literal {
		return
	}
	for i, r := range value {
		got := SubRange(source, at, value, i, i+utf8.RuneLen(r))
		text := string(source[got.Start.Byte:got.End.Byte])
		open, end := `"`, `"`
		if source[at.Start.Byte] == '<' {
			open, end = "<<EOT\n", "\nEOT\n"
		}
		back, diags := hclsyntax.ParseExpression([]byte(open+text+end), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatalf("byte %d of %q is said to be %q", i, value, text)
		}
		v, _ := back.Value(nil)
		if meaning := v.AsString(); !strings.Contains(meaning, string(r)) || len(text) > 10 {
			t.Fatalf("byte %d of %q is said to be %q, which means %q", i, value, text, meaning)
		}
	}
}
