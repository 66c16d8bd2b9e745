package diag

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// locateInParts finds the bytes [from, to) of value in the template parts that it was rendered from; false if the parts
// do not match the value. The lengths of interpolated strings are not known. If the literals match in several ways, the
// leftmost and the rightmost match bound all others, so a span that covers both is correct.
//
// Without parts, the position is empty.
func locateInParts(tokens hclsyntax.Tokens, parts []part, empty span, value string, from, to int) (span, bool) {
	if len(parts) == 0 {
		return empty, value == ""
	}
	left, ok := alignLeft(parts, value)
	if !ok {
		return span{}, false
	}
	right := alignRight(parts, value)
	if slices.Equal(left, right) {
		return locateAligned(tokens, parts, left, value, from, to), true
	}
	vague := slices.Clone(parts)
	for i := range vague {
		vague[i].hole = nil // its string is ambiguous, so nothing can be located inside
	}
	return locateAligned(tokens, vague, left, value, from, to).cover(locateAligned(tokens, vague, right, value, from, to)), true
}

// alignLeft returns the offset in value of each part, followed by the length of value, with every literal as far left
// as possible.
func alignLeft(parts []part, value string) ([]int, bool) {
	begins := make([]int, 0, len(parts)+1)
	at := 0 // the end of the previous literals
	for i, p := range parts {
		switch {
		case !p.literal:
			begins = append(begins, at)
			continue
		case i == len(parts)-1:
			if len(value)-len(p.text) < at || !strings.HasSuffix(value, p.text) || i == 0 && value != p.text {
				return nil, false
			}
			at = len(value) - len(p.text)
		case i == 0:
			if !strings.HasPrefix(value, p.text) {
				return nil, false
			}
		default:
			n := strings.Index(value[at:], p.text)
			if n < 0 {
				return nil, false
			}
			at += n
		}
		begins = append(begins, at)
		at += len(p.text)
	}
	return append(begins, len(value)), true
}

// alignRight is alignLeft with every literal as far right as possible, for parts that match the value.
func alignRight(parts []part, value string) []int {
	begins := make([]int, len(parts)+1)
	begins[len(parts)] = len(value)
	for i, p := range slices.Backward(parts) {
		at := 0
		switch {
		case i == 0:
		case p.literal:
			at = begins[i+1] - len(p.text)
		case i == 1:
			at = len(parts[0].text)
		default: // a hole starts at the end of the literal before it
			at = strings.LastIndex(value[:begins[i+1]], parts[i-1].text) + len(parts[i-1].text)
		}
		begins[i] = at
	}
	return begins
}

// locateAligned returns the span of the source for the bytes [from, to); begins has the offsets of the parts.
func locateAligned(tokens hclsyntax.Tokens, parts []part, begins []int, value string, from, to int) span {
	if from == to {
		return locatePoint(tokens, parts, begins, value, from)
	}
	var out span
	for i, p := range parts {
		a, b := max(from, begins[i]), min(to, begins[i+1])
		if a >= b {
			continue
		}
		at := p.span(tokens, value[begins[i]:begins[i+1]], a-begins[i], b-begins[i])
		if out != (span{}) {
			at = at.cover(out)
		}
		out = at
	}
	return out
}

// locatePoint locates the point between two bytes of value: before a literal character, else after one, else the hole.
func locatePoint(tokens hclsyntax.Tokens, parts []part, begins []int, value string, point int) span {
	var hole span
	for i, p := range slices.Backward(parts) {
		own := value[begins[i]:begins[i+1]]
		switch {
		case point < begins[i] || point > begins[i+1]:
		case !p.literal:
			hole = p.at
			if p.hole == nil {
				continue
			}
			if at, ok := locate(tokens, p.hole, own, point-begins[i], point-begins[i]); ok {
				hole = at
			}
		case point < begins[i+1]:
			at := p.span(tokens, own, point-begins[i], point-begins[i]+1).from
			return span{at, at}
		default:
			at := p.span(tokens, own, len(own)-1, len(own)).to
			return span{at, at}
		}
	}
	return hole
}
