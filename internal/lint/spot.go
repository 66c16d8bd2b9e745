package lint

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// spot is the place of a finding: a value of an object or, if part, the bytes [from,to) of the string there.
type spot struct {
	o        *object.Object
	path     object.Path
	part     bool
	from, to int
}

func (p *pass) place(s spot) hcl.Range {
	if !s.part || p.in.Locate == nil {
		return s.o.Ranges.At(s.path)
	}
	from, to := s.from, s.to
	if t, ok := s.path.In(s.o.Body).(object.Text); ok {
		from, to = p.ids.shown(t, from, to)
	}
	return p.in.Locate(s.o, s.path, from, to)
}

// part is the place of a node in the string at a path.
func part(o *object.Object, p object.Path, n ddquery.Node) spot {
	return spot{o: o, path: p, part: true, from: n.Pos(), to: n.End()}
}

// placeholders stand for ids that are not known yet, so that a text that holds them can be parsed.
type placeholders struct {
	digits  map[object.Address]string
	address map[string]object.Address
}

// firstPlaceholder has more digits than any id, so that it is none.
const firstPlaceholder = 9_000_000_000_000_000_000

func newPlaceholders(objects []*object.Object) *placeholders {
	p := &placeholders{map[object.Address]string{}, map[string]object.Address{}}
	for _, o := range objects {
		p.of(o.Address)
	}
	return p
}

func (p *placeholders) of(a object.Address) string {
	digits, ok := p.digits[a]
	if !ok {
		digits = strconv.FormatUint(firstPlaceholder+uint64(len(p.digits)), 10)
		p.digits[a], p.address[digits] = digits, a
	}
	return digits
}

// fill returns v with a placeholder for each reference in it.
func (p *placeholders) fill(v any) any {
	return object.ResolveRefs(v, func(a object.Address) (string, bool) { return p.of(a), true })
}

// shown maps bytes of a filled text to those of what the text's String method returns. A reference counts as a whole.
func (p *placeholders) shown(t object.Text, from, to int) (int, int) {
	filled, shown := 0, 0
	outFrom, outTo := -1, -1
	for _, piece := range t {
		length, shownLength := len(piece.Literal), len(piece.Literal)
		if piece.Ref != nil {
			length, shownLength = len(p.of(*piece.Ref)), len("${.id}")+len(piece.Ref.String())
		}
		if outFrom < 0 && from < filled+length {
			outFrom = shown
			if piece.Ref == nil {
				outFrom += from - filled
			}
		}
		if outTo < 0 && to <= filled+length {
			outTo = shown + shownLength
			if piece.Ref == nil {
				outTo = shown + to - filled
			}
		}
		filled, shown = filled+length, shown+shownLength
	}
	if outFrom < 0 {
		outFrom = shown
	}
	if outTo < 0 {
		outTo = shown
	}
	return min(outFrom, outTo), outTo
}

// unfill shows placeholders in a message to a person by the addresses that they stand for.
func (p *placeholders) unfill(message string) string {
	if !strings.Contains(message, "9000000000") {
		return message
	}
	return regexp.MustCompile(`9\d{18}`).ReplaceAllStringFunc(message, func(digits string) string {
		if a, ok := p.address[digits]; ok {
			return a.String()
		}
		return digits
	})
}
