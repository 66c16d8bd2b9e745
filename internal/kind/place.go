package kind

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/object"
)

// maxDepth is the number of nested objects in which a misplaced name is looked for. Further away it would say little: a
// dashboard contains every field of every widget.
const maxDepth = 3

// enclosing is an object around the current value, and the number of steps of the path that lead to it.
type enclosing struct {
	t     *Type
	steps int
}

// place is the path of an object with a field. It has no indices. widget is the type of the widget in it.
type place struct {
	path   []string
	widget string
	field  *Field
}

// elsewhere says where a field belongs that is not in the object at the current path, if an object in it, around it or
// next to it has the field, or "". An object further away can have a field of the same name and another meaning.
func (c *checker) elsewhere(key string) string {
	if advice := terraform("", key, nil); advice != "" {
		return advice
	}
	p := c.placeOf(key)
	if p == nil {
		return ""
	}
	if len(p.path) == 0 {
		return fmt.Sprintf("%q is a field of the object itself. Write it at the top level of the block.", key)
	}
	return fmt.Sprintf("%q is a field of %s. Write: %s", key, p, p.nested())
}

// placeOf returns the nearest place of a field: in the object itself, then in those around it. The object that contains a
// list is the last of them, and only if the object is an element of the list.
func (c *checker) placeOf(key string) *place {
	depth := maxDepth
	innermost := len(c.objects) - 1
	for i := innermost; i >= 0; i-- {
		if i == innermost-1 && c.isOfVariant(i, key) {
			return nil // new for this variant of the union, as it was for the other one
		}
		if p := c.placesIn(i, depth)[key]; p != nil {
			return p
		}
		steps := c.objects[i].steps
		isElement := steps > 0 && c.path[steps-1].index != notIndex
		if depth == 1 || isElement && i < innermost {
			return nil
		}
		if isElement {
			depth = 1
		}
	}
	return nil
}

// isOfVariant reports whether the field of an enclosing object with the current value can be an object with a field.
func (c *checker) isOfVariant(i int, key string) bool {
	at := c.objects[i]
	f := at.t.Fields[c.path[at.steps].key]
	return f != nil && slices.ContainsFunc(held([]*Type{f.Type}), func(t *Type) bool { return t.Fields[key] != nil })
}

// searched identifies the result of a search.
type searched struct {
	t     *Type
	path  string
	depth int
}

// placesIn returns the nearest place of each field of an enclosing object and of the objects in it, to a depth. One
// search is for all keys, because extra can have many.
func (c *checker) placesIn(i, depth int) map[string]*place {
	at := c.objects[i]
	from := place{path: c.keys(at.steps)}
	inside := "" // the field with the current value, whose objects are searched already, or are other variants of them
	if i < len(c.objects)-1 {
		inside = c.path[at.steps].key
	}
	for _, outer := range c.objects {
		from.widget = cmp.Or(outer.t.widgetType(), from.widget)
	}
	id := searched{at.t, fmt.Sprint(from, inside), depth}
	if found := c.places[id]; found != nil {
		return found
	}
	if c.places == nil {
		c.places = map[searched]map[string]*place{}
	}
	c.places[id] = at.t.places(from, inside, depth)
	return c.places[id]
}

// keys returns the keys of the first steps of the path.
func (c *checker) keys(steps int) []string {
	var keys []string
	for _, s := range c.path[:steps] {
		if s.index == notIndex {
			keys = append(keys, s.key)
		}
	}
	return keys
}

// places returns the nearest place of each field of an object and of the objects in it,
// except for those inside one of its fields.
func (t *Type) places(from place, inside string, depth int) map[string]*place {
	type reached struct {
		t  *Type
		at place
	}
	found, seen := map[string]*place{}, map[*Type]bool{t: true}
	for now := []reached{{t, from}}; len(now) > 0 && depth >= 0; depth-- {
		var next []reached
		for _, r := range now {
			for _, name := range r.t.likeliest() {
				f := r.t.Fields[name]
				if f.ReadOnly {
					continue
				}
				if found[name] == nil {
					found[name] = &place{r.at.path, cmp.Or(r.t.widgetType(), r.at.widget), f}
				}
				for _, inner := range held([]*Type{f.Type}) {
					if isOwn := r.t == t && name == inside; !isOwn && !seen[inner] {
						seen[inner] = true
						next = append(next, reached{inner, place{path: append(slices.Clone(r.at.path), name), widget: cmp.Or(inner.widgetType(), r.at.widget)}})
					}
				}
			}
		}
		now = next
	}
	return found
}

// likeliest returns the names of the fields, in the order in which a misplaced name is looked for in them: requests
// before markers, yaxis before right_yaxis.
func (t *Type) likeliest() []string {
	names := object.SortedKeys(t.Fields)
	required := func(name string) int {
		if t.Fields[name].Required {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(required(a), required(b)), cmp.Compare(len(a), len(b)))
	})
	return names
}

// widgetType returns the type of the widget that an object defines, or "".
func (t *Type) widgetType() string {
	if f := t.Fields["type"]; f != nil && strings.HasSuffix(t.Name, "WidgetDefinition") && len(f.Type.Enum) > 0 {
		return f.Type.Enum[0]
	}
	return ""
}

// nested writes a field in the blocks around it: options { notify_no_data = ... }.
func (p *place) nested() string {
	text := p.field.Name + " = ..."
	if objects := held([]*Type{p.field.Type}); len(objects) > 0 {
		text = p.field.Name + " { ... }"
	}
	for i := len(p.path) - 1; i >= 0; i-- {
		switch name := p.path[i]; name {
		case "definition": // its fields are those of the block
		case "widgets":
			return fmt.Sprintf("widget %q { %s }", cmp.Or(p.widget, "..."), text)
		default:
			text = fmt.Sprintf("%s { %s }", name, text)
		}
	}
	return text
}

// String names the object that has the field.
func (p *place) String() string {
	last := p.path[len(p.path)-1]
	if last == "definition" || last == "widgets" {
		return "a widget"
	}
	return strings.Join(p.path[slices.Index(p.path, "definition")+1:], ".")
}
