package object

import "strings"

// The tags by which a monitor is known to belong to a stack.
const (
	TagStack       = "ddmon_stack:"
	TagID          = "ddmon_id:"
	TagFingerprint = "ddmon_fp:"
	// TagReplaced takes the place of TagID on a monitor whose successor is about to be made.
	TagReplaced = "ddmon_replaced:"
	// TagProtected, as a whole, says that the block has prevent_destroy. It outlives the block.
	TagProtected = "ddmon_prevent_destroy:true"
)

// Marker says on an object in Datadog which stack owns it, under which address, and what was last applied.
// ddmon keeps no state besides it.
type Marker struct {
	Stack       string // StackSlug of the owning stack
	Slug        string // Address.Slug of the object
	Fingerprint string // "version-hash" of what was last applied; may be empty
	Replaced    bool   // the object is on its way out: a successor of another type takes its address
	Protected   bool   // the block that was last applied has prevent_destroy
	// Also are further slugs that the object claims, after somebody added a tag by hand: nobody can tell whose it is.
	Also string
}

// IsZero reports whether there is no trace of a marker at all.
func (m Marker) IsZero() bool { return m == Marker{} }

// Complete reports whether the marker names both stack and address. One of them alone is what is left after
// somebody removed a tag by hand.
func (m Marker) Complete() bool { return m.Stack != "" && m.Slug != "" }

// Tags writes the marker as monitor tags, in a fixed order.
func (m Marker) Tags() []string {
	id := TagID
	if m.Replaced {
		id = TagReplaced
	}
	tags := []string{TagStack + m.Stack, id + m.Slug}
	if m.Fingerprint != "" {
		tags = append(tags, TagFingerprint+m.Fingerprint)
	}
	if m.Protected {
		tags = append(tags, TagProtected)
	}
	return tags
}

// MarkerOfTags reads the marker off an object's tags and returns the tags that are none of it, in their order.
func MarkerOfTags(tags []any) (Marker, []any) {
	var m Marker
	rest := make([]any, 0, len(tags))
	for _, t := range tags {
		tag, _ := t.(string)
		switch {
		case strings.HasPrefix(tag, TagStack):
			m.setStack(tag[len(TagStack):])
		case strings.HasPrefix(tag, TagID):
			m.setSlug(tag[len(TagID):])
		case strings.HasPrefix(tag, TagReplaced):
			m.setSlug(tag[len(TagReplaced):])
			m.Replaced = true
		case strings.HasPrefix(tag, TagFingerprint):
			m.Fingerprint = tag[len(TagFingerprint):]
		case tag == TagProtected:
			m.Protected = true
		default:
			rest = append(rest, t)
		}
	}
	return m, rest
}

// setStack notes the stack. Of several, none is the owner.
func (m *Marker) setStack(stack string) {
	if m.Stack != "" && m.Stack != stack {
		m.Also += " " + stack
		return
	}
	m.Stack = stack
}

// setSlug notes the address, and further ones apart.
func (m *Marker) setSlug(slug string) {
	if m.Slug != "" && m.Slug != slug {
		m.Also += " " + slug
		return
	}
	m.Slug = slug
}

// linePrefix begins the last line of a description that carries a marker.
const linePrefix = "Managed by ddmon, edits here will be overwritten: "

// Line writes the marker as one line of text, for objects that have no tags of their own.
func (m Marker) Line() string { return linePrefix + strings.Join(m.Tags(), " ") }

// MarkerOfText reads the marker off a description and returns the description without it. The marker is found on
// any line, so that text somebody added below it does not hide it.
func MarkerOfText(description string) (Marker, string) {
	lines := strings.Split(description, "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		at := strings.Index(lines[i], TagStack)
		if at < 0 {
			at = strings.Index(lines[i], TagID)
		}
		if at < 0 {
			continue
		}
		var tags []any
		for _, field := range strings.Fields(lines[i][at:]) {
			tags = append(tags, field)
		}
		m, _ := MarkerOfTags(tags)
		kept := append(lines[:i:i], lines[i+1:]...)
		return m, strings.TrimRight(strings.Join(kept, "\n"), "\n")
	}
	return Marker{}, description
}

// WithLine returns the description with the marker as its last line.
func (m Marker) WithLine(description string) string {
	if description == "" {
		return m.Line()
	}
	return strings.TrimRight(description, "\n") + "\n\n" + m.Line()
}
