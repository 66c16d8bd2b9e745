package object

import (
	"bytes"
	"crypto/md5"  //nolint:gosec // not for security: configurations compute it
	"crypto/sha1" //nolint:gosec // the same
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// EncodedForms returns the strings that functions of a configuration can compute from a whole sensitive value: base64,
// also inside a longer string, hashes, URL encodings, reversed. It is empty for a value that is too short to search
// for.
func EncodedForms(value string) []string {
	if len(value) < ShortestSecret {
		return nil
	}
	raw := []byte(value)
	m, s1, s256, s512 := md5.Sum(raw), sha1.Sum(raw), sha256.Sum256(raw), sha512.Sum512(raw) //nolint:gosec // see above
	backwards := []rune(value)
	slices.Reverse(backwards)
	forms := []string{
		base64.RawStdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw), hex.EncodeToString(raw),
		hex.EncodeToString(m[:]), hex.EncodeToString(s1[:]), hex.EncodeToString(s256[:]), hex.EncodeToString(s512[:]),
		base64.StdEncoding.EncodeToString(s256[:]), url.QueryEscape(value), url.PathEscape(value), string(backwards),
	}
	forms = append(forms, withinBase64(raw)...)
	for _, escaped := range escapedInJSON(value) {
		forms = append(forms, escaped)
		forms = append(forms, withinBase64([]byte(escaped))...)
	}
	return slices.DeleteFunc(forms, func(form string) bool { return form == value })
}

// escapedInJSON returns the forms of a value in a JSON string, if they differ from the value: as written with and without
// HTML escapes, each also with ASCII characters only.
func escapedInJSON(value string) []string {
	var forms []string
	for _, html := range []bool{false, true} {
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(html)
		if encoder.Encode(value) != nil {
			return nil
		}
		form := strings.TrimSuffix(out.String(), "\"\n")[1:]
		for _, form := range []string{form, onlyASCII(form)} {
			if form != value && !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
		}
	}
	return forms
}

// onlyASCII escapes the other characters of a JSON string.
func onlyASCII(s string) string {
	var out strings.Builder
	for _, r := range s {
		if r < utf8.RuneSelf {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, "\\u%04x", unit)
		}
	}
	return out.String()
}

// shortestWithin is the minimum length of a part of an encoded string to search for.
const shortestWithin = 8

// withinBase64 returns the forms of a value inside the base64 encoding of a longer string, such as name:value in an
// Authorization header. Three bytes are four characters, so there are three forms. Characters that also depend on
// adjacent bytes are left out.
func withinBase64(value []byte) []string {
	var forms []string
	for before := range 3 {
		raw := append(make([]byte, before), value...)
		from, to := (8*before+5)/6, 8*len(raw)/6
		if to-from < shortestWithin {
			continue
		}
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			if form := encoding.EncodeToString(raw)[from:to]; !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
		}
	}
	return forms
}
