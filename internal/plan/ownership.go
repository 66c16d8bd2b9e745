package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// claim is an address of the stack with the live objects that have it in their marker.
type claim struct {
	slug string
	// replaced reports that the objects are being replaced, so the address itself is free.
	replaced bool
	want     *object.Object   // the desired object at the address, or nil
	objects  []*object.Object // sorted by id
	// blockedBy is the code of the reason not to touch the objects; empty without one.
	blockedBy string
}

// owner returns the live object at the address, or nil if it does not exist or ddmon must not touch it.
func (c *claim) owner() *object.Object {
	if c == nil || c.blockedBy != "" {
		return nil
	}
	return c.objects[0]
}

// claim assigns the live objects to addresses by their markers.
func (b *builder) claim() {
	b.disputed = make(map[object.Address]bool)
	b.lookalikes = make(map[object.Address][]*object.Object)
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
		*have = *given // checkClaim sets its address
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
			b.unmanaged(have, bySlug[have.Marker.Slug], byTitle[b.titleKey(have)])
		}
	}
	slices.SortStableFunc(b.claims, func(x, y *claim) int { return strings.Compare(x.slug, y.slug) })
	b.claims = slices.DeleteFunc(b.claims, func(c *claim) bool { return !b.checkClaim(c) })
}

type claimKey struct {
	slug     string
	replaced bool
}

// checkClaim sets the address of the objects of a claim and decides whether ddmon must not touch them. It returns false
// if the marker has a shortened address that matches no block: such objects cannot be managed.
func (b *builder) checkClaim(c *claim) bool {
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
		c.blockedBy = codeNewer
	case len(c.objects) > 1:
		c.blockedBy = CodeDuplicates
	case isClone(b.kinds[first.Address.Kind], first):
		c.blockedBy = codeClone
	}
	if c.want != nil && !c.replaced {
		b.at[c.want.Address] = c
	}
	return true
}

// CloneAge is how long after the date in its marker an object can be created without counting as a clone. ddmon dates
// the marker right before the request that creates the object.
const CloneAge = 2 * time.Minute

// isClone reports whether an object was created after its marker was written. The marker then belongs to another
// object.
func isClone(k *kind.Kind, o *object.Object) bool {
	created, err := time.Parse(time.RFC3339Nano, k.CreatedAt(o.Body))
	return err == nil && o.Marker.Written > 0 && created.After(time.Unix(o.Marker.Written, 0).Add(CloneAge))
}

// unmanaged records which desired objects an object without a complete marker could be.
func (b *builder) unmanaged(have, claimed *object.Object, sameTitle []*object.Object) {
	candidates := sameTitle
	if claimed != nil && !slices.Contains(candidates, claimed) {
		candidates = append(slices.Clone(candidates), claimed)
	}
	for _, want := range candidates {
		b.lookalikes[want.Address] = append(b.lookalikes[want.Address], have)
	}
	b.warnOfIncompleteMarker(have, candidates)
}

// contested blocks every address that is claimed by a live object with several addresses.
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

// blocked reports whether ddmon must not touch an address. If so, it blocks c and adds an error.
func (b *builder) blocked(want *object.Object, c *Change) bool {
	if b.disputed[want.Address] {
		c.Action, c.Reason = Blocked, reasonDisputed
		return true
	}
	if existing := b.at[want.Address]; existing != nil {
		if existing.blockedBy == "" {
			return false
		}
		b.errorOfBlockedClaim(existing)
		c.Action, c.Reason = Blocked, reasonOf(existing.blockedBy, existing.objects)
		return true
	}
	for _, have := range b.lookalikes[want.Address] {
		marker := have.Marker
		if b.titleKey(have) != b.titleKey(want) {
			continue // probably another object with the same address
		}
		if marker.Slug == want.Address.Slug() || marker.Slug == "" && marker.Stack == b.slug {
			b.errorOfDamagedMarker(want, have)
			c.Action = Blocked
			c.Reason = fmt.Sprintf("%s %s has an incomplete ownership marker: restore it, or remove the rest of it", want.Address.Kind, have.ID)
			return true
		}
	}
	return false
}

// compareIDs orders ids by length, then alphabetically. Numeric ids are thus ordered by value.
func compareIDs(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
