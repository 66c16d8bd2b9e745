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

// errorOfBlockedClaim reports why the objects of a claim are blocked, and how to resolve it.
func (b *builder) errorOfBlockedClaim(c *claim) {
	switch c.blockedBy {
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
	b.errorOf(c, "Several objects have this address", fmt.Sprintf(
		"These objects have the ownership marker of %s in stack %q:%s\nCloning an object in Datadog copies its marker. Keep "+
			"one, usually the oldest, and release the others:%s\nUntil then ddmon does not change or delete any of them.",
		c.objects[0].Address, b.in.Stack, found.String(), release.String()))
}

func (b *builder) errorOfClone(c *claim) {
	o := c.objects[0]
	k := b.kinds[o.Address.Kind]
	written := time.Unix(o.Marker.Written, 0).UTC().Format(time.RFC3339)
	adopt := object.Marker{Stack: o.Marker.Stack, Slug: o.Marker.Slug, Replaced: o.Marker.Replaced}
	keep := fmt.Sprintf("remove its tag %s%s", object.TagFingerprint, fingerprintOf(o.Marker))
	if k.Marker.IsLine() {
		keep = fmt.Sprintf("replace that line with %q", adopt.Line())
	}
	choice := fmt.Sprintf("To manage it as %s, %s instead", o.Address, keep)
	if c.want == nil || c.replaced || b.destroys {
		choice = fmt.Sprintf("To let ddmon delete it, %s instead", keep)
	}
	b.errorOf(c, "Only a clone has this address", fmt.Sprintf(
		"%s has the ownership marker of %s in stack %q, but that object existed at %s, before this one was created. "+
			"It is a clone, and the original was deleted. To keep it outside the stack, %s. %s. Until then ddmon does not change "+
			"or delete it.",
		origin(k, o), o.Address, b.in.Stack, written, howToRelease(k, o.Marker), choice))
}

func (b *builder) errorOfNewer(c *claim) {
	for _, o := range c.objects {
		if o.Marker.Needs == "" {
			continue
		}
		b.errorOf(c, "Object written by a newer ddmon", fmt.Sprintf(
			"%s %s was last written by a newer ddmon, and this version cannot read its marker. Install ddmon %s or later. Until "+
				"then ddmon does not change or delete %s.", o.Address.Kind, o.ID, o.Marker.Needs, o.Address))
		return
	}
}

// errorOf reports an error about a claim at its block, if it has one.
func (b *builder) errorOf(c *claim, summary, detail string) {
	d := diag.Error(c.blockedBy, summary, detail, hcl.Range{})
	if c.want != nil {
		d = diag.Error(c.blockedBy, summary, detail, c.want.Range())
	}
	d.Extra = diag.Extra{Code: c.blockedBy, Address: c.objects[0].Address.String()}
	b.diags = append(b.diags, d)
}

// errorOfContested reports that a live object claims several addresses or stacks. want is the desired object at one of
// them, or nil.
func (b *builder) errorOfContested(have, want *object.Object) {
	what := "tags"
	if marker := b.kinds[have.Address.Kind].Marker; marker.IsLine() {
		what = "marker lines in its " + marker.Field()
	}
	detail := fmt.Sprintf("%s %s has the ownership markers of %s and %s, so its owner is unknown and ddmon does not change it. "+
		"Remove the %s that do not belong to it", have.Address.Kind, have.ID, have.Marker.Slug, strings.TrimSpace(have.Marker.Also), what)
	if want == nil {
		d := diag.Error(codeContested, "Object claims several addresses", detail+".", hcl.Range{})
		d.Extra = diag.Extra{Code: codeContested, Address: have.Address.String()}
		b.diags = append(b.diags, d)
		return
	}
	own := object.Marker{Stack: b.slug, Slug: want.Address.Slug()}
	quoted := strings.Join(own.Tags(), " and ")
	if b.kinds[have.Address.Kind].Marker.IsLine() {
		quoted = fmt.Sprintf("the line that starts with %q", own.Line())
	}
	b.error(want, codeContested, "Object claims several addresses", fmt.Sprintf("%s. To manage it as %s, keep %s.", detail, want.Address, quoted))
}

// warnOfCutAddress warns of objects that ddmon cannot manage because their shortened address matches no block.
func (b *builder) warnOfCutAddress(c *claim) {
	for _, o := range c.objects {
		k := b.kinds[o.Address.Kind]
		b.diags = append(b.diags, diag.Warning(codeCut, "Object with an unknown address", fmt.Sprintf(
			"%s (%q) has the ownership marker of stack %q, but its shortened address matches no block, so ddmon does not manage "+
				"it. If you no longer need it, delete it in Datadog; to keep it outside the stack, %s.",
			origin(k, o), b.shownTitle(o), b.in.Stack, howToRelease(k, o.Marker)), hcl.Range{}))
	}
}

// caveats returns the unknown facts about a live object that will be changed or deleted.
func (b *builder) caveats(k *kind.Kind, have *object.Object, c *Change) []string {
	var out []string
	fingerprint := have.Marker.Fingerprint
	if fingerprint == "" {
		return nil // adopted by hand
	}
	if len(c.Edits) > 0 && !sameVersion(Fingerprint(k, have.Body, c.Ignore, c.Written), fingerprint) {
		out = append(out, "The fingerprint was computed with different rules, so the author of this difference is unknown. The next apply "+
			"updates it")
	}
	switch written := time.Unix(have.Marker.Written, 0); {
	case have.Marker.Written == 0:
		out = append(out, "The marker has no date, so this could be a clone: "+origin(k, have))
	case !b.in.Now.IsZero() && written.After(b.in.Now.Add(maxAhead)):
		out = append(out, "The date of the marker is in the future, so this could be a clone: "+origin(k, have))
	}
	return out
}

// maxAhead is how far Datadog's clock can be ahead of this machine's.
const maxAhead = 24 * time.Hour

// origin names an object by kind and id, with its creation time and author.
func origin(k *kind.Kind, o *object.Object) string {
	text := fmt.Sprintf("%s %s, created %s", k.Name, o.ID, orUnknown(k.CreatedAt(o.Body)))
	if author := k.CreatedBy(o.Body); author != "" {
		text += " by " + author
	}
	return text
}

// CreatedBefore reports whether a live object was created before another. It orders all objects of a kind by creation
// time, then by id. Objects without a creation time come last.
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

// howToRelease says how to remove an object from a stack in Datadog.
func howToRelease(k *kind.Kind, m object.Marker) string {
	if k.Marker.IsLine() {
		return fmt.Sprintf("remove the line %q from its %s", m.Line(), k.Marker.Field())
	}
	return "remove its tags " + strings.Join(m.Tags(), ", ")
}

// fingerprintOf returns the value of the fingerprint tag.
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
