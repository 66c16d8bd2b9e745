package object

import (
	"bytes"
	"slices"
)

// maxLayers is how many layers of escapes are taken off a text: a body in a message in an answer has three.
const maxLayers = 3

// FindEchoes is Find for what another program says, which may repeat a secret in any form: escaped for URLs, JSON or HTML,
// more than once; broken by line ends, backslashes or quotes; cut after its first eight characters or more; a number
// between letters. It finds too much rather than too little.
func (f *Finder) FindEchoes(s string) []Found {
	if f.Empty() {
		return nil
	}
	f.squeeze()
	var found []Found
	for _, v := range viewOf(s).layers(maxLayers) {
		found = append(found, f.echoesIn(v)...)
	}
	return ordered(found)
}

// squeeze makes the table of squeezed texts after others were added.
func (f *Finder) squeeze() {
	if len(f.squeezed.patterns) > 0 {
		return
	}
	for _, p := range f.plain.patterns {
		if text := viewOf(p.text).squeezed().text; !p.alone && len(text) >= ShortestSecret {
			f.squeezed.add(pattern{text: string(text), tag: p.tag})
		}
	}
}

// layers returns the view and what it is without one layer of escapes and more. A plus sign may be a blank, as in URLs.
func (v view) layers(most int) []view {
	all := []view{v}
	if most == 0 {
		return all
	}
	if inner, ok := v.decoded(); ok {
		all = append(all, inner.layers(most-1)...)
	}
	if bytes.IndexByte(v.text, '+') >= 0 {
		blank := view{bytes.ReplaceAll(v.text, []byte("+"), []byte(" ")), v.at}
		if inner, ok := blank.decoded(); ok {
			return append(all, inner.layers(most-1)...)
		}
		all = append(all, blank)
	}
	return all
}

func (f *Finder) echoesIn(v view) []Found {
	how := search{cuts: cutsIn(v)}
	found := append(f.plain.find(v, v.folded(), how), f.squeezed.find(v, v.squeezed(), how)...)
	return append(found, f.numbersIn(v, true)...)
}

// cutsIn returns the places in the original, in order, at which a text may have been cut: its end, an ellipsis, the end of
// a quote.
func cutsIn(v view) []int {
	cuts := []int{v.at[len(v.text)]}
	for i, c := range v.text {
		switch {
		case bytes.IndexByte([]byte("\"'`)]}>\\"), c) >= 0, bytes.HasPrefix(v.text[i:], []byte("...")), bytes.HasPrefix(v.text[i:], []byte("…")),
			bytes.HasPrefix(v.text[i:], []byte("[trunc")), bytes.HasPrefix(v.text[i:], []byte("(trunc")):
			cuts = append(cuts, v.at[i])
		}
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}
