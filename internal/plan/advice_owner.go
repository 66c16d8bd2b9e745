package plan

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// CodeDuplicates is the code of diagnostics about several objects at one address.
const CodeDuplicates = "twins"

// The codes of the other reasons for which objects with the stack's marker are left alone.
const (
	codeClone     = "clone"
	codeNewer     = "newer_marker"
	codeContested = "contested"
	codeCut       = "cut_address"
)

// errorOfHeld says why the objects of a claim are left alone, and what a person has to do first.
func (b *builder) errorOfHeld(c *claim) {
	switch c.hold {
	case CodeDuplicates:
		b.errorOfDuplicates(c)
	case codeClone:
		b.errorOfClone(c)
	case codeNewer:
		b.errorOfNewer(c)
	}
}

func (b *builder) errorOfDuplicates(c *claim) {
	k := b.kinds[c.objects[0].Address.Kind]
	oldest := c.objects[0]
	for _, o := range c.objects[1:] {
		if CreatedBefore(k, o, oldest) {
			oldest = o
		}
	}
	var found, release strings.Builder
	for _, o := range c.objects {
		fmt.Fprintf(&found, "\n  %s", origin(k, o))
		if o == oldest {
			found.WriteString(" (the oldest)")
			continue
		}
		fmt.Fprintf(&release, "\n  %s %s: %s", k.Name, o.ID, howToRelease(k, o.Marker))
	}
	b.errorOf(c, "Several objects carry this address", fmt.Sprintf(
		"These objects say that they are %s of stack %q:%s\nA clone made in Datadog copies the marker. Keep one, as a rule "+
			"the oldest, and release the others:%s\nUntil then ddmon changes and deletes none of them.",
		c.objects[0].Address, b.in.Stack, found.String(), release.String()))
}

func (b *builder) errorOfClone(c *claim) {
	o := c.objects[0]
	k := b.kinds[o.Address.Kind]
	written := time.Unix(o.Marker.Written, 0).UTC().Format(time.RFC3339)
	adopt := object.Marker{Stack: o.Marker.Stack, Slug: o.Marker.Slug, Replaced: o.Marker.Replaced}
	keep := fmt.Sprintf("remove its tag %s%s", object.TagFingerprint, fingerprintOf(o.Marker))
	if k.Marker.IsLine() {
		keep = fmt.Sprintf("replace that line by %q", adopt.Line())
	}
	choice := fmt.Sprintf("To have ddmon manage it as %s, %s instead", o.Address, keep)
	if c.want == nil || c.replaced || b.destroys {
		choice = fmt.Sprintf("To have ddmon delete it, %s instead", keep)
	}
	b.errorOf(c, "Only a clone carries this address", fmt.Sprintf(
		"%s says that it is %s of stack %q, but ddmon last wrote that object at %s, before this one was created. So it is "+
			"a clone, and the original was deleted. To keep it apart from the stack, %s. %s. Until then ddmon neither changes nor "+
			"deletes it.",
		origin(k, o), o.Address, b.in.Stack, written, howToRelease(k, o.Marker), choice))
}

func (b *builder) errorOfNewer(c *claim) {
	for _, o := range c.objects {
		if o.Marker.Needs == "" {
			continue
		}
		b.errorOf(c, "Marker of a newer ddmon", fmt.Sprintf(
			"%s %s was last written by a newer ddmon, whose marker (%[3]s) this version cannot read. Install ddmon %[3]s or later. Until "+
				"then %[4]s is neither changed nor deleted.", o.Address.Kind, o.ID, o.Marker.Needs, o.Address))
		return
	}
}

// errorOf reports an error about a claim at its block, if it has one.
func (b *builder) errorOf(c *claim, summary, detail string) {
	d := diag.Error(c.hold, summary, detail, hcl.Range{})
	if c.want != nil {
		d = diag.Error(c.hold, summary, detail, c.want.Range())
	}
	d.Extra = diag.Extra{Code: c.hold, Address: c.objects[0].Address.String()}
	b.diags = append(b.diags, d)
}

// errorOfContested says that a live object claims several addresses or stacks; want is the desired object at one of
// them, nil if there is none.
func (b *builder) errorOfContested(have, want *object.Object) {
	what := "tags"
	if marker := b.kinds[have.Address.Kind].Marker; marker.IsLine() {
		what = "marker lines of its " + marker.Field()
	}
	detail := fmt.Sprintf("%s %s carries the markers of %s and of %s, so its owner is not known and ddmon leaves it alone. "+
		"Remove the %s that are not its own", have.Address.Kind, have.ID, have.Marker.Slug, strings.TrimSpace(have.Marker.Also), what)
	if want == nil {
		d := diag.Error(codeContested, "Live object claims several addresses", detail+".", hcl.Range{})
		d.Extra = diag.Extra{Code: codeContested, Address: have.Address.String()}
		b.diags = append(b.diags, d)
		return
	}
	own := object.Marker{Stack: b.slug, Slug: want.Address.Slug()}
	quoted := strings.Join(own.Tags(), " and ")
	if b.kinds[have.Address.Kind].Marker.IsLine() {
		quoted = fmt.Sprintf("one that begins %q", own.Line())
	}
	b.error(want, codeContested, "Live object claims several addresses", fmt.Sprintf("%s. To make it %s, keep %s.", detail, want.Address, quoted))
}

// warnOfCutAddress says that objects are left alone because their address was too long to be written in full.
func (b *builder) warnOfCutAddress(c *claim) {
	for _, o := range c.objects {
		k := b.kinds[o.Address.Kind]
		b.diags = append(b.diags, diag.Warning(codeCut, "Object of no known address", fmt.Sprintf(
			"%s (%q) carries the marker of stack %q and a shortened address that no block has, so ddmon leaves it alone. If it "+
				"is not needed any more, delete it in Datadog; to keep it apart from the stack, %s.",
			origin(k, o), k.TitleOf(o.Body), b.in.Stack, howToRelease(k, o.Marker)), hcl.Range{}))
	}
}

// caveats are what is not known of a live object that is about to be changed or deleted.
func (b *builder) caveats(k *kind.Kind, have *object.Object, c *Change) []string {
	var out []string
	fingerprint := have.Marker.Fingerprint
	if fingerprint == "" {
		return nil // adopted by hand
	}
	if len(c.Edits) > 0 && !sameVersion(Fingerprint(k, have.Body, c.Ignore, c.Written), fingerprint) {
		out = append(out, "The fingerprint was made by other rules, so it is not known who made this difference. The next "+
			"apply renews it")
	}
	if have.Marker.Written == 0 {
		out = append(out, "The marker does not say when it was written, so a clone cannot be told from the original: "+origin(k, have))
	}
	return out
}

// origin names an object by its kind and id, with when and by whom it was created.
func origin(k *kind.Kind, o *object.Object) string {
	text := fmt.Sprintf("%s %s, created %s", k.Name, o.ID, orUnknown(k.CreatedAt(o.Body)))
	if who := k.CreatedBy(o.Body); who != "" {
		text += " by " + who
	}
	return text
}

// CreatedBefore reports whether a live object was created before another one. It puts all objects of a kind in one order:
// by the time of creation, those without one last, and then by id.
func CreatedBefore(k *kind.Kind, a, b *object.Object) bool {
	x, err1 := time.Parse(time.RFC3339Nano, k.CreatedAt(a.Body))
	y, err2 := time.Parse(time.RFC3339Nano, k.CreatedAt(b.Body))
	if (err1 == nil) != (err2 == nil) {
		return err1 == nil
	}
	if err1 == nil && !x.Equal(y) {
		return x.Before(y)
	}
	return compareIDs(a.ID, b.ID) < 0
}

// howToRelease says how a person takes an object out of a stack.
func howToRelease(k *kind.Kind, m object.Marker) string {
	if k.Marker.IsLine() {
		return fmt.Sprintf("remove the line %q from its %s", m.Line(), k.Marker.Field())
	}
	return "remove its tags " + strings.Join(m.Tags(), ", ")
}

// fingerprintOf is the value of the fingerprint's tag.
func fingerprintOf(m object.Marker) string {
	tag := object.Marker{Fingerprint: m.Fingerprint, Written: m.Written, Secret: m.Secret, Places: m.Places, Needs: m.Needs}.Tags()[0]
	return strings.TrimPrefix(tag, object.TagFingerprint)
}

func orUnknown(s string) string {
	if s == "" {
		return "at an unknown time"
	}
	return s
}
