package limit

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
	"go.yaml.in/yaml/v3"
)

// yamlKeys counts the cost of keys that are numbers, which are converted to strings.
type yamlKeys struct {
	keys     int
	keyErr   *Error // a key that is out of range
	explicit bool   // whether keys can be written with a ? or a tag
}

// sign counts the word before the character at i if it is a key.
func (k *yamlKeys) sign(text string, word, i int) {
	ends := i+1 == len(text) || strings.IndexByte(" \t\r\n[]{},\"'", text[i+1]) >= 0 || lineBreak(text[i+1:]) > 0
	switch c := text[i]; {
	case c == ':' && ends:
		k.number(text[word:i])
	case c == '?' && ends, c == '!' && word == i:
		k.explicit = true
	}
}

// node counts a key.
func (k *yamlKeys) node(n *yaml.Node) {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
	if n.Kind == yaml.ScalarNode && (!quoted || n.Style&yaml.TaggedStyle != 0) {
		k.number(n.Value)
	}
}

// number counts a key that is a number.
func (k *yamlKeys) number(key string) {
	if leadingDigits(key) == 0 {
		return
	}
	v, err := cty.ParseNumberVal(key)
	if err != nil {
		return
	}
	if f := checkNumber(v); f != nil {
		k.keyErr = f
		return
	}
	steps, _ := writing(v)
	k.keys = add(k.keys, add(digitSteps+steps, readingSteps(key)))
}
