package plan

import (
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/object"
)

// claim sorts the live objects: whose is which, by their markers alone.
func (b *builder) claim() {
	b.owned = make(map[object.Address]*object.Object)
	b.disputed = make(map[object.Address]bool)
	b.twins = make(map[object.Address][]*object.Object)
	b.lost = make(map[object.Address][]*object.Object)
	bySlug := make(map[string]*object.Object, len(b.in.Desired))
	byTitle := make(map[string][]*object.Object, len(b.in.Desired))
	for _, want := range b.in.Desired {
		bySlug[want.Address.Slug()] = want
		title := b.titleKey(want)
		byTitle[title] = append(byTitle[title], want)
	}
	live := slices.Clone(b.in.Live)
	slices.SortStableFunc(live, func(x, y *object.Object) int { return compareIDs(x.ID, y.ID) })
	for _, given := range live {
		have := new(object.Object)
		*have = *given // its address is settled here
		switch {
		case have.Marker.Also != "":
			b.contested(have, bySlug)
		case have.Marker.Complete() && have.Marker.Stack != b.slug:
			b.warnOfOtherStack(have, bySlug[have.Marker.Slug])
		case have.Marker.Complete() && have.Marker.Replaced:
			if want := bySlug[have.Marker.Slug]; want != nil {
				have.Address = want.Address
			}
			b.gone = append(b.gone, have)
		case have.Marker.Complete():
			b.take(have, bySlug[have.Marker.Slug])
		default:
			candidates := byTitle[b.titleKey(have)]
			if want := bySlug[have.Marker.Slug]; want != nil && !slices.Contains(candidates, want) {
				candidates = append(slices.Clone(candidates), want)
			}
			for _, want := range candidates {
				b.lost[want.Address] = append(b.lost[want.Address], have)
			}
			b.warnOfHalfMarker(have, candidates)
		}
	}
}

// contested blocks every address that a live object claims, if it claims several.
func (b *builder) contested(have *object.Object, bySlug map[string]*object.Object) {
	for _, slug := range append(strings.Fields(have.Marker.Also), have.Marker.Slug) {
		want := bySlug[slug]
		if want == nil || b.disputed[want.Address] {
			continue
		}
		b.disputed[want.Address] = true
		b.error(want, "contested", "Live object claims several addresses", fmt.Sprintf(
			"%s %s carries the markers of %s and of %s. Remove the tags that are not its own; for %s they are %s.",
			want.Address.Kind, have.ID, have.Marker.Slug, strings.TrimSpace(have.Marker.Also), want.Address,
			strings.Join(object.Marker{Stack: b.slug, Slug: want.Address.Slug()}.Tags(), " and ")))
	}
}

// take gives a live object of the stack to the address on its marker.
func (b *builder) take(have *object.Object, want *object.Object) {
	if want == nil {
		b.out = append(b.out, have)
		return
	}
	have.Address = want.Address
	if first := b.owned[want.Address]; first != nil {
		if len(b.twins[want.Address]) == 0 {
			b.twins[want.Address] = []*object.Object{first}
		}
		b.twins[want.Address] = append(b.twins[want.Address], have)
		return
	}
	b.owned[want.Address] = have
}

func (b *builder) titleKey(o *object.Object) string {
	return o.Address.Kind + "\x00" + strings.TrimSpace(textAt(o.Body, b.kinds[o.Address.Kind].Title))
}

// blocked reports whether ddmon must keep its hands off an address, and says so in c and in a diagnostic.
func (b *builder) blocked(want *object.Object, c *Change) bool {
	if b.disputed[want.Address] {
		c.Action = Blocked
		return true
	}
	if twins := b.twins[want.Address]; len(twins) > 0 {
		b.errorOfTwins(want, twins)
		c.Action = Blocked
		return true
	}
	if b.owned[want.Address] != nil {
		return false
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
