package object

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The tags of the ownership marker. Their names must not change: an older ddmon would plan to remove a tag that it does
// not know. Additions belong in the value of TagFingerprint.
const (
	TagStack       = "ddmon_stack:"
	TagID          = "ddmon_id:"
	TagFingerprint = "ddmon_fp:"
	// TagReplaced replaces TagID on an object before its replacement is created.
	TagReplaced = "ddmon_replaced:"
	// TagProtected says that the block has prevent_destroy. It remains when the block is removed.
	TagProtected = "ddmon_prevent_destroy:true"
)

// MarkerVersion is the first version of ddmon with the current marker format. ddmon rejects markers of later versions,
// whose content it does not know.
const MarkerVersion = "0.2"

// Marker is the ownership marker of an object in Datadog: the stack that owns it, its address, and a fingerprint of the
// last applied configuration. ddmon has no other state. Markers are comparable.
type Marker struct {
	Stack       string // StackSlug of the owning stack
	Slug        string // Address.Slug of the object
	Fingerprint string // "version-hash" of the last applied configuration; can be empty
	// Written is a time when the object existed or was just being created, in Unix seconds of Datadog's clock: a younger
	// object is a clone. It is 0 if unknown, as in markers of ddmon 0.1 and markers set by hand.
	Written int64
	// Secret says that the object contains sensitive values. It is valid only if Written is known.
	Secret bool
	// Places are Object.SecretPlaces of the last applied configuration; empty if unknown.
	Places    string
	Replaced  bool // the object is being replaced by an object of another type with the same address
	Protected bool // the last applied block has prevent_destroy
	// Needs is the version in the marker if it is not MarkerVersion: a newer ddmon wrote it. Fingerprint is then the
	// unparsed value of the tag.
	Needs string
	// Also are additional stacks and slugs in the marker, after a user added a tag: the owner is unknown.
	Also string
}

// IsZero reports whether the object has no marker.
func (m Marker) IsZero() bool { return m == Marker{} }

// Complete reports whether the marker has both stack and address. A marker is incomplete if a user removed one of its
// tags.
func (m Marker) Complete() bool { return m.Stack != "" && m.Slug != "" }

// Claims reports whether the marker contains a stack, possibly among others.
func (m Marker) Claims(stack string) bool {
	return m.Stack == stack || slices.Contains(strings.Fields(m.Also), stack)
}

// HasAddressOf reports whether two markers name the same stack and address, and neither says that the object is replaced.
func (m Marker) HasAddressOf(other Marker) bool {
	return m.Stack == other.Stack && m.Slug == other.Slug && m.Also == "" && !m.Replaced && !other.Replaced
}

// SameAs reports whether two markers are equal except for the time of writing and what is known only with it.
func (m Marker) SameAs(other Marker) bool {
	m.Written, other.Written, m.Secret, other.Secret, m.Places, other.Places = 0, 0, false, false, "", ""
	return m == other
}

// Tags returns the marker as tags, in a fixed order. An incomplete marker results in fewer tags.
func (m Marker) Tags() []string {
	var tags []string
	if m.Stack != "" {
		tags = append(tags, TagStack+m.Stack)
	}
	switch {
	case m.Slug == "":
	case m.Replaced:
		tags = append(tags, TagReplaced+m.Slug)
	default:
		tags = append(tags, TagID+m.Slug)
	}
	if fp := m.fingerprintValue(); fp != "" {
		tags = append(tags, TagFingerprint+fp)
	}
	if m.Protected {
		tags = append(tags, TagProtected)
	}
	return tags
}

// fingerprintValue is the value of TagFingerprint: "0.2/1790000000/version-hash", with an "s" after the time if the
// object contains sensitive values; or only the fingerprint, as in ddmon 0.1, if the time is unknown. An older ddmon
// treats the former as a fingerprint of another version, which it does not evaluate.
func (m Marker) fingerprintValue() string {
	if m.Written == 0 || m.Needs != "" {
		return m.Fingerprint
	}
	value := MarkerVersion + "/" + strconv.FormatInt(m.Written, 10)
	if m.Secret {
		value += secretSign + m.Places
	}
	if m.Fingerprint != "" {
		value += "/" + m.Fingerprint
	}
	return value
}

// secretSign after the time of writing says that the object contains sensitive values; Marker.Places can follow.
const secretSign = "s"

// firstEdition matches the fingerprints of ddmon 0.1.
var firstEdition = regexp.MustCompile(`^[0-9a-z]+-[0-9a-z]+$`)

// setFingerprint parses the output of fingerprintValue. A damaged value of this version has no effect. A value in any
// other format can come from a newer ddmon; the first such version remains in Needs.
func (m *Marker) setFingerprint(value string) {
	needs := m.Needs
	m.Fingerprint, m.Written, m.Secret, m.Places = value, 0, false, ""
	version, rest, versioned := strings.Cut(value, "/")
	switch {
	case needs != "" || value == "" || !versioned && firstEdition.MatchString(value):
		return
	case version != MarkerVersion:
		m.Needs = version
		return
	}
	time, fingerprint, _ := strings.Cut(rest, "/")
	time, places, secret := strings.Cut(time, secretSign)
	if !secretPlaces.MatchString(places) {
		return
	}
	written, err := strconv.ParseInt(time, 10, 64)
	if err != nil || written <= 0 {
		return
	}
	read := Marker{Fingerprint: fingerprint, Written: written, Secret: secret, Places: places}
	if read.fingerprintValue() == value {
		m.Fingerprint, m.Written, m.Secret, m.Places = fingerprint, written, secret, places
	}
}

// MarkerOfTags parses the marker in an object's tags and returns the other tags in their order. A tag with a value that
// ddmon never writes belongs to the user.
func MarkerOfTags(tags []any) (Marker, []any) {
	var m Marker
	isCurrent := false
	rest := make([]any, 0, len(tags))
	for _, t := range tags {
		tag, _ := t.(string)
		if !m.addTag(tag) {
			rest = append(rest, t)
		} else if strings.HasPrefix(tag, TagID) {
			isCurrent = true
		}
	}
	// ddmon writes only one of the two tags. If both exist, a user added one, and treating the object as replaced would
	// delete it.
	m.Replaced = m.Replaced && !isCurrent
	return m, rest
}

// addTag adds a tag to the marker, and reports whether the tag is part of a marker.
func (m *Marker) addTag(tag string) bool {
	switch key, value, _ := strings.Cut(tag, ":"); key + ":" {
	case TagStack:
		if isStackSlug(value) {
			m.setStack(value)
			return true
		}
	case TagID:
		if isSlug(value) {
			m.setSlug(value)
			return true
		}
	case TagReplaced:
		if isSlug(value) {
			m.Replaced = true
			m.setSlug(value)
			return true
		}
	case TagFingerprint:
		m.setFingerprint(value)
		return true
	}
	if tag == TagProtected {
		m.Protected = true
		return true
	}
	return false
}

// setStack sets the stack. With several stacks, the owner is unknown (see Also).
func (m *Marker) setStack(stack string) {
	if m.Stack != "" && m.Stack != stack {
		m.Also += " " + stack
		return
	}
	m.Stack = stack
}

// setSlug sets the address; additional ones go to Also.
func (m *Marker) setSlug(slug string) {
	if m.Slug != "" && m.Slug != slug {
		m.Also += " " + slug
		return
	}
	m.Slug = slug
}
