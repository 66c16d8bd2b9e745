package plan

import (
	"slices"
	"strings"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// claim is an address of the stack with the live objects that carry it.
type claim struct {
	slug string
	// replaced says that the objects are on their way out, so that the address itself is free.
	replaced bool
	want     *object.Object   // the desired object at the address; nil if there is none
	objects  []*object.Object // in the order of their ids
	// hold is the code of the reason to touch none of the objects; empty if there is none.
	hold string
}

// owner is the one live object at the address of a desired one; nil if there is none or it may not be touched.
func (c *claim) owner() *object.Object {
	if c == nil || c.hold != "" {
		return nil
	}
	return c.objects[0]
}

// claim sorts the live objects: whose is which, by their markers alone.
func (b *builder) claim() {
	b.disputed = make(map[object.Address]bool)
	b.lost = make(map[object.Address][]*object.Object)
	b.at = make(map[object.Address]*claim, len(b.in.Desired))
	bySlug := make(map[string]*object.Object, len(b.in.Desired))
	byTitle := make(map[string][]*object.Object, len(b.in.Desired))
	for _, want := range b.in.Desired {
		bySlug[want.Address.Slug()] = want
		title := b.titleKey(want)
		byTitle[title] = append(byTitle[title], want)
	}
	live := slices.Clone(b.in.Live)
	slices.SortStableFunc(live, func(x, y *object.Object) int { return compareIDs(x.ID, y.ID) })
	claims := make(map[claimKey]*claim, len(live))
	for _, given := range live {
		have := new(object.Object)
		*have = *given // its address is settled here
		switch {
		case have.Marker.Also != "":
			b.contested(have, bySlug)
		case have.Marker.Complete() && have.Marker.Stack != b.slug:
			b.warnOfOtherStack(have, bySlug[have.Marker.Slug])
		case have.Marker.Complete():
			key := claimKey{have.Marker.Slug, have.Marker.Replaced}
			c := claims[key]
			if c == nil {
				c = &claim{slug: key.slug, replaced: key.replaced, want: bySlug[key.slug]}
				claims[key] = c
				b.claims = append(b.claims, c)
			}
			c.objects = append(c.objects, have)
		default:
			b.stranger(have, bySlug[have.Marker.Slug], byTitle[b.titleKey(have)])
		}
	}
	slices.SortStableFunc(b.claims, func(x, y *claim) int { return strings.Compare(x.slug, y.slug) })
	b.claims = slices.DeleteFunc(b.claims, func(c *claim) bool { return !b.settle(c) })
}

type claimKey struct {
	slug     string
	replaced bool
}

// settle finds out whether the objects of a claim may be touched. It is false where the address cannot be read off the
// marker and no block has it: that proves nothing.
func (b *builder) settle(c *claim) bool {
	if c.want == nil && object.IsCutSlug(c.slug) {
		b.warnOfCutAddress(c)
		return false
	}
	if c.want != nil {
		for _, o := range c.objects {
			o.Address = c.want.Address
		}
	}
	switch first := c.objects[0]; {
	case slices.ContainsFunc(c.objects, func(o *object.Object) bool { return o.Marker.Needs != "" }):
		c.hold = codeNewer
	case len(c.objects) > 1:
		c.hold = CodeDuplicates
	case isClone(b.kinds[first.Address.Kind], first):
		c.hold = codeClone
	}
	if c.want != nil && !c.replaced {
		b.at[c.want.Address] = c
	}
	return true
}

// CloneAge is by how much an object may be younger than what its marker says of its last write and still be the one that
// was written: the marker is dated right before the request that creates the object.
const CloneAge = 2 * time.Minute

// isClone reports whether an object was created after its own marker was written, which then was written on another one.
func isClone(k *kind.Kind, o *object.Object) bool {
	created, err := time.Parse(time.RFC3339Nano, k.CreatedAt(o.Body))
	return err == nil && o.Marker.Written > 0 && created.After(time.Unix(o.Marker.Written, 0).Add(CloneAge))
}

// stranger notes which missing objects an object without a whole marker might be.
func (b *builder) stranger(have, claimed *object.Object, sameTitle []*object.Object) {
	candidates := sameTitle
	if claimed != nil && !slices.Contains(candidates, claimed) {
		candidates = append(slices.Clone(candidates), claimed)
	}
	for _, want := range candidates {
		b.lost[want.Address] = append(b.lost[want.Address], have)
	}
	b.warnOfHalfMarker(have, candidates)
}

// contested blocks every address that a live object claims, if it claims several.
func (b *builder) contested(have *object.Object, bySlug map[string]*object.Object) {
	found := false
	for _, slug := range append(strings.Fields(have.Marker.Also), have.Marker.Slug) {
		want := bySlug[slug]
		if want == nil {
			continue
		}
		found = true
		if !b.disputed[want.Address] {
			b.disputed[want.Address] = true
			b.errorOfContested(have, want)
		}
	}
	if !found && have.Marker.Claims(b.slug) {
		b.errorOfContested(have, nil)
	}
}

func (b *builder) titleKey(o *object.Object) string {
	return o.Address.Kind + "\x00" + strings.TrimSpace(b.kinds[o.Address.Kind].TitleOf(o.Body))
}

// blocked reports whether ddmon must keep its hands off an address, and says so in c and in a diagnostic.
func (b *builder) blocked(want *object.Object, c *Change) bool {
	if b.disputed[want.Address] {
		c.Action = Blocked
		return true
	}
	if held := b.at[want.Address]; held != nil {
		if held.hold == "" {
			return false
		}
		b.errorOfHeld(held)
		c.Action = Blocked
		return true
	}
	for _, have := range b.lost[want.Address] {
		half := have.Marker
		if b.titleKey(have) != b.titleKey(want) {
			continue // a stranger that happens to have such an address, as far as one can tell
		}
		if half.Slug == want.Address.Slug() || half.Slug == "" && half.Stack == b.slug {
			b.errorOfLostMarker(want, have)
			c.Action = Blocked
			return true
		}
	}
	return false
}

// compareIDs orders ids by length and text, which for numbers is by value.
func compareIDs(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
