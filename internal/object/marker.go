package object

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The tags by which an object is known to belong to a stack. Their words never change: an older ddmon would plan to
// remove a tag that it does not know. What is added later goes into the value of TagFingerprint.
const (
	TagStack       = "ddmon_stack:"
	TagID          = "ddmon_id:"
	TagFingerprint = "ddmon_fp:"
	// TagReplaced takes the place of TagID on a monitor whose successor is about to be made.
	TagReplaced = "ddmon_replaced:"
	// TagProtected, as a whole, says that the block has prevent_destroy. It outlives the block.
	TagProtected = "ddmon_prevent_destroy:true"
)

// MarkerVersion is the version of ddmon that first wrote markers as this one does. A marker of a later version is
// refused: what else it says is not known.
const MarkerVersion = "0.2"

// Marker says on an object in Datadog which stack owns it, under which address, and what was last applied. ddmon keeps
// no other state. Two markers are equal if they say the same.
type Marker struct {
	Stack       string // StackSlug of the owning stack
	Slug        string // Address.Slug of the object
	Fingerprint string // "version-hash" of what was last applied; may be empty
	// Written is when ddmon last wrote the object, in Unix seconds by the server's clock; 0 if that is not known, as
	// with markers of ddmon 0.1 and those set by hand.
	Written int64
	// Secret says that the object holds sensitive values. It is known of objects whose Written is.
	Secret bool
	// Places are Object.SecretPlaces of what was last applied; empty where that is not known.
	Places    string
	Replaced  bool // the object is on its way out: a successor of another type takes its address
	Protected bool // the block that was last applied has prevent_destroy
	// Needs is the version that the marker names, if that is not MarkerVersion: a newer ddmon wrote it. Fingerprint is then
	// the value of the tag, unread.
	Needs string
	// Also are further stacks and slugs that the object claims, after a person added a tag: its owner is not known.
	Also string
}

// IsZero reports whether there is no trace of a marker at all.
func (m Marker) IsZero() bool { return m == Marker{} }

// Complete reports whether the marker names both stack and address. One of them alone is what is left after
// a person removed a tag.
func (m Marker) Complete() bool { return m.Stack != "" && m.Slug != "" }

// Claims reports whether the marker names a stack, alone or among others.
func (m Marker) Claims(stack string) bool {
	return m.Stack == stack || slices.Contains(strings.Fields(m.Also), stack)
}

// SameAs reports whether two markers say the same, whenever each was written, and whether or not that is noted yet.
func (m Marker) SameAs(other Marker) bool {
	m.Written, other.Written, m.Secret, other.Secret, m.Places, other.Places = 0, 0, false, false, "", ""
	return m == other
}

// Tags writes the marker as monitor tags, in a fixed order. Half a marker gives half of the tags.
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

// fingerprintValue is the value of TagFingerprint: "0.2/1790000000/version-hash", with an "s" behind the time if the object
// holds sensitive values; or the fingerprint alone, as ddmon 0.1 wrote it, where the time is not known. An older ddmon takes the former for a fingerprint of other rules, which claims
// nothing.
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

// secretSign behind the time of writing says that the object holds sensitive values; Marker.Places may follow.
const secretSign = "s"

// firstEdition is a fingerprint as ddmon 0.1 wrote it.
var firstEdition = regexp.MustCompile(`^[0-9a-z]+-[0-9a-z]+$`)

// setFingerprint reads what fingerprintValue wrote. A value of this version that a person damaged claims nothing; one of
// any other form may be of a newer ddmon, which is noted once and for all.
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

// MarkerOfTags reads the marker off an object's tags and returns the tags that are no part of it, in their order. A tag
// whose value ddmon never writes is a person's.
func MarkerOfTags(tags []any) (Marker, []any) {
	var m Marker
	isCurrent := false
	rest := make([]any, 0, len(tags))
	for _, t := range tags {
		tag, _ := t.(string)
		if !m.take(tag) {
			rest = append(rest, t)
		} else if strings.HasPrefix(tag, TagID) {
			isCurrent = true
		}
	}
	// ddmon writes one of the two. With both, a person added one, and an object on its way out would be deleted.
	m.Replaced = m.Replaced && !isCurrent
	return m, rest
}

// take adds what a tag says, and reports whether it is one of a marker's.
func (m *Marker) take(tag string) bool {
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
