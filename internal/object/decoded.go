package object

import "github.com/hashicorp/hcl/v2"

// Decoded is a document that a block reads: json = jsondecode(file("exported.json")).
type Decoded struct {
	Range hcl.Range // the expression
	File  string    // the document's name; empty if it is unknown
}

// PlaceInside returns the path and the file that say where the value at p is, if its position in the configuration is
// only that of a whole document or of a computed list around it. A value that is missing belongs to the object that
// lacks it.
func (o *Object) PlaceInside(p Path) (path, file string, ok bool) {
	existing := p
	for len(existing) > 0 && existing.In(o.Body) == nil {
		existing = existing[:len(existing)-1]
	}
	if len(existing) == 0 || o.Ranges == nil {
		return "", "", false
	}
	if at := o.Ranges.At(existing); o.Decoded != nil && (at == o.Decoded.Range || at == o.Range()) {
		return o.ShownPath(p).String(), o.Decoded.File, true
	}
	return o.ShownPath(p).String(), "", o.isComputedElement(existing)
}

// isComputedElement reports whether the value at p is in an object of a list that has only a position as a whole.
func (o *Object) isComputedElement(p Path) bool {
	for n, step := range p {
		if _, ok := step.(int); !ok {
			continue
		}
		element := p[:n+1]
		_, isObject := element.In(o.Body).(map[string]any)
		if _, hasRange := o.Ranges[element.String()]; isObject && !hasRange {
			return true
		}
	}
	return false
}
