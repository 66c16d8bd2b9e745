package lint

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// location is where a finding is: a value of an object or, if isPart, the bytes [from,to) of a string value.
type location struct {
	o        *object.Object
	path     object.Path
	isPart   bool
	from, to int
}

// sourceRange returns the position of a location in the files.
func (p *pass) sourceRange(s location) hcl.Range {
	if !s.isPart || p.in.Locate == nil {
		return s.o.Ranges.At(s.path)
	}
	from, to := s.from, s.to
	if t, ok := s.path.In(s.o.Body).(object.Text); ok {
		from, to = p.ids.shown(t, from, to)
	}
	return p.in.Locate(s.o, s.path, from, to)
}

// nodeLocation returns the location of a node in the string at a path.
func nodeLocation(o *object.Object, p object.Path, n ddquery.Node) location {
	return location{o: o, path: p, isPart: true, from: n.Pos(), to: n.End()}
}

// placeholders replace unknown IDs with digits, so that a query with references can be parsed.
type placeholders struct {
	digits  map[object.Address]string
	address map[string]object.Address
}

// firstPlaceholder has more digits than any real ID.
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

// fill returns v with each reference replaced by its placeholder.
func (p *placeholders) fill(v any) any {
	return object.ResolveRefs(v, func(a object.Address) (string, bool) { return p.of(a), true })
}

// shown maps a byte range of a filled text to the byte range of its String method. It never splits a reference.
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

// unfill replaces the placeholders in a message with their addresses.
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
