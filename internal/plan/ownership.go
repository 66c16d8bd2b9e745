package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// claim sorts the live objects: whose is which, by their markers alone.
func (b *builder) claim() {
	b.owned = make(map[object.Address]*object.Object)
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
	for _, have := range live {
		switch {
		case have.Marker.Complete() && have.Marker.Stack != b.slug:
			// Another stack's.
		case have.Marker.Complete() && have.Marker.Replaced:
			if want := bySlug[have.Marker.Slug]; want != nil {
				have.Address = want.Address
			}
			b.gone = append(b.gone, have)
		case have.Marker.Complete():
			b.take(have, bySlug[have.Marker.Slug])
		default:
			for _, want := range byTitle[b.titleKey(have)] {
				b.lost[want.Address] = append(b.lost[want.Address], have)
			}
			b.warnOfHalfMarker(have, byTitle[b.titleKey(have)])
		}
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
		if half.Slug == want.Address.Slug() || half.Slug == "" && half.Stack == b.slug {
			b.errorOfLostMarker(want, have)
			c.Action = Blocked
			return true
		}
	}
	return false
}

func (b *builder) errorOfTwins(want *object.Object, twins []*object.Object) {
	lines := make([]string, len(twins))
	oldest := 0
	for i, t := range twins {
		if c, o := createdAt(t.Body), createdAt(twins[oldest].Body); c != "" && c < o {
			oldest = i
		}
	}
	for i, t := range twins {
		lines[i] = fmt.Sprintf("  %s %s, created %s", want.Address.Kind, t.ID, orUnknown(createdAt(t.Body)))
		if i == oldest {
			lines[i] += " (the oldest)"
		}
	}
	b.error(want, "twins", "Several objects carry this address", fmt.Sprintf(
		"These say that they are %s of stack %q:\n%s\nA clone made in Datadog copies the marker. Keep one (the oldest, "+
			"as a rule) and release the others: %s. ddmon touches none of them until then.",
		want.Address, b.in.Stack, strings.Join(lines, "\n"), howToRelease(b.kinds[want.Address.Kind])))
}

func (b *builder) errorOfLostMarker(want, have *object.Object) {
	b.error(want, "lost_marker", "Marker of a live object is damaged", fmt.Sprintf(
		"%s %s has this name and part of this stack's marker, so it is probably %s itself, edited by hand. To have it "+
			"managed again, %s. To have a new one made beside it, remove what is left of the marker from it.",
		want.Address.Kind, have.ID, want.Address, b.howToAdopt(want)))
}

// warnOfLostSelf says that what is about to be created may exist already.
func (b *builder) warnOfLostSelf(want *object.Object) {
	for _, have := range b.lost[want.Address] {
		if b.kinds[want.Address.Kind].Title == "" {
			continue
		}
		d := diag.Warning("same_name", "An unmanaged object has this name", fmt.Sprintf(
			"%s %s is called the same as %s, which is about to be created, and belongs to no stack. If it is the same "+
				"thing and lost its marker, %s; then nothing is created.",
			want.Address.Kind, have.ID, want.Address, b.howToAdopt(want)), want.Range())
		d.Extra = diag.Extra{Code: "same_name", Address: want.Address.String()}
		b.diags = append(b.diags, d)
	}
}

// warnOfHalfMarker speaks of objects with a part of this stack's marker that match nothing by name either.
func (b *builder) warnOfHalfMarker(have *object.Object, sameName []*object.Object) {
	if have.Marker.Stack != b.slug || len(sameName) > 0 {
		return
	}
	b.diags = append(b.diags, diag.Warning("half_marker", "Live object has half a marker", fmt.Sprintf(
		"%s %s (%q) carries the tag of stack %q but no address. ddmon leaves it alone: %s.",
		have.Address.Kind, have.ID, textAt(have.Body, b.kinds[have.Address.Kind].Title), b.in.Stack,
		howToRelease(b.kinds[have.Address.Kind])), hcl.Range{}))
}

// errorOfProtected says that a replacement would delete a protected object.
func (b *builder) errorOfProtected(want, have *object.Object) {
	b.error(want, "prevent_destroy", "Replacement of a protected object", fmt.Sprintf(
		"Datadog cannot change the type of %s %s, so it would have to be deleted and made anew, which the block's "+
			"lifecycle { prevent_destroy = true } forbids. Take that away, or take the change of the type back.",
		want.Address.Kind, have.ID))
}

func (b *builder) error(want *object.Object, code, summary, detail string) {
	d := diag.Error(code, summary, detail, want.Range())
	d.Extra = diag.Extra{Code: code, Address: want.Address.String()}
	b.diags = append(b.diags, d)
}

// howToAdopt says how a person makes an object the one at an address.
func (b *builder) howToAdopt(want *object.Object) string {
	m := object.Marker{Stack: b.slug, Slug: want.Address.Slug()}
	if b.kinds[want.Address.Kind].Summaries {
		return fmt.Sprintf("end its description with the line %q", m.Line())
	}
	return "give it the tags " + strings.Join(m.Tags(), " and ")
}

func howToRelease(k *kind.Kind) string {
	if k.Summaries {
		return "remove the line with " + object.TagStack + " from its description"
	}
	return "remove its tags that begin with ddmon_"
}

func orUnknown(s string) string {
	if s == "" {
		return "at an unknown time"
	}
	return s
}

// compareIDs orders ids by length and text, which for numbers is by value.
func compareIDs(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
