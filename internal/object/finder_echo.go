package object

import (
	"bytes"
	"slices"
)

// maxLayers is the number of layers of escapes to decode: a body in a message in a response has three.
const maxLayers = 3

// FindEchoes is Find for output of another program, which can repeat a secret in any form: escaped for URLs, JSON or
// HTML, also repeatedly; with line breaks, backslashes or quotes in it; truncated after eight or more characters; a
// number between letters. It finds too much rather than too little.
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

// squeeze builds the table of squeezed strings after strings were added.
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

// layers returns the view and its decoded forms without up to most layers of escapes. A plus sign can be a space, as in
// URLs.
func (v view) layers(most int) []view {
	all := []view{v}
	if most == 0 {
		return all
	}
	if inner, ok := v.decoded(); ok {
		all = append(all, inner.layers(most-1)...)
	}
	if bytes.IndexByte(v.text, '+') >= 0 {
		spaced := view{bytes.ReplaceAll(v.text, []byte("+"), []byte(" ")), v.at}
		if inner, ok := spaced.decoded(); ok {
			return append(all, inner.layers(most-1)...)
		}
		all = append(all, spaced)
	}
	return all
}

func (f *Finder) echoesIn(v view) []Found {
	how := search{cuts: cutsIn(v)}
	found := append(f.plain.find(v, v.folded(), how), f.squeezed.find(v, v.squeezed(), how)...)
	return append(found, f.numbersIn(v, true)...)
}

// cutsIn returns the sorted positions in the original at which a string could have been truncated: the end, an
// ellipsis, a closing quote.
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
