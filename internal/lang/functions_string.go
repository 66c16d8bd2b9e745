package lang

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// textFunc returns a function from a string to a string.
func textFunc(f func(string) (string, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			s, err := f(args[0].AsString())
			if err != nil {
				return cty.NilVal, function.NewArgError(0, err)
			}
			return cty.StringVal(s), nil
		},
	})
}

// always adapts a function that cannot fail for textFunc.
func always(f func(string) string) func(string) (string, error) {
	return func(s string) (string, error) { return f(s), nil }
}

// testFunc returns a function that tests a string for a substring.
func testFunc(f func(text, part string) bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(f(args[0].AsString(), args[1].AsString())), nil
		},
	})
}

var (
	prefixFunc       = testFunc(strings.HasPrefix)
	suffixFunc       = testFunc(strings.HasSuffix)
	containsTextFunc = testFunc(strings.Contains)

	base64EncodeFunc = textFunc(always(func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }))
	base64DecodeFunc = textFunc(base64Decode)
	urlEncodeFunc    = textFunc(always(url.QueryEscape))
	md5Func          = textFunc(always(func(s string) string { sum := md5.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }))
	sha1Func         = textFunc(always(func(s string) string { sum := sha1.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }))
	sha256Func       = textFunc(always(func(s string) string { sum := sha256.Sum256([]byte(s)); return hex.EncodeToString(sum[:]) }))
	sha512Func       = textFunc(always(func(s string) string { sum := sha512.Sum512([]byte(s)); return hex.EncodeToString(sum[:]) }))
	basenameFunc     = textFunc(always(path.Base))
	dirnameFunc      = textFunc(always(path.Dir))
)

func base64Decode(s string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return "", fmt.Errorf("must be valid base64")
	}
	if !utf8.Valid(raw) {
		return "", fmt.Errorf("must decode to valid UTF-8")
	}
	return string(raw), nil
}

// replaceFunc replaces a substring or, if it is written between slashes, the matches of a regular expression.
var replaceFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "part", Type: cty.String}, {Name: "by", Type: cty.String}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		part := args[1].AsString()
		if len(part) < 2 || part[0] != '/' || part[len(part)-1] != '/' {
			return stdlib.Replace(args[0], args[1], args[2])
		}
		re, err := regexp.Compile(part[1 : len(part)-1])
		if err != nil {
			return cty.NilVal, function.NewArgError(1, err)
		}
		return cty.StringVal(re.ReplaceAllString(args[0].AsString(), args[2].AsString())), nil
	},
})

// uuidV5Func returns the UUID of a name in a namespace: dns, url, oid, x500 or a UUID.
var uuidV5Func = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "namespace", Type: cty.String}, {Name: "name", Type: cty.String}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		var space uuid.UUID
		switch s := args[0].AsString(); s {
		case "dns":
			space = uuid.NameSpaceDNS
		case "url":
			space = uuid.NameSpaceURL
		case "oid":
			space = uuid.NameSpaceOID
		case "x500":
			space = uuid.NameSpaceX500
		default:
			parsed, err := uuid.Parse(s)
			if err != nil {
				return cty.NilVal, function.NewArgErrorf(0, "must be a UUID or one of dns, url, oid and x500")
			}
			space = parsed
		}
		return cty.StringVal(uuid.NewSHA1(space, []byte(args[1].AsString())).String()), nil
	},
})

// unsupported returns a function whose only result is the reason why it is not supported.
func unsupported(reason string) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{Name: "arguments", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true},
		Type: func([]cty.Value) (cty.Type, error) {
			return cty.NilType, &functionError{"unsupported_function", "Function not supported", reason, 0}
		},
		Impl: func([]cty.Value, cty.Type) (cty.Value, error) { return cty.NilVal, nil },
	})
}
