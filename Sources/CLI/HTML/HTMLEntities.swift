// SPDX-License-Identifier: Apache-2.0

/// The named character references that pages use: HTML 4's, without the rarest symbols.
enum HTMLEntities {
  /// Characters by name.
  static let named: [String: Unicode.Scalar] = {
    var table: [String: Unicode.Scalar] = [:]
    // U+00A0…U+00FF in order.
    let latin = """
      nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
      para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
      Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave \
      Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml \
      igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute \
      thorn yuml
      """
    for (offset, name) in latin.split(separator: " ").enumerated() {
      table[String(name)] = Unicode.Scalar(0xA0 + UInt32(offset))
    }
    // Greek in the order of Unicode, which has an unused place among the capitals.
    let greek = """
      Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi \
      Chi Psi Omega
      """
    for (offset, name) in greek.split(separator: " ").enumerated() where name != "-" {
      table[String(name)] = Unicode.Scalar(0x391 + UInt32(offset))
      table[name.lowercased()] = Unicode.Scalar(0x3B1 + UInt32(offset))
    }
    let others: KeyValuePairs<String, Unicode.Scalar> = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "OElig": "Œ", "oelig": "œ", "Scaron": "Š",
      "scaron": "š", "Yuml": "Ÿ", "fnof": "ƒ", "circ": "ˆ", "tilde": "˜", "sigmaf": "ς", "ensp": " ", "emsp": " ",
      "thinsp": " ", "zwnj": "\u{200C}", "zwj": "\u{200D}", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’",
      "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„", "dagger": "†", "Dagger": "‡", "bull": "•",
      "hellip": "…", "permil": "‰", "prime": "′", "Prime": "″", "lsaquo": "‹", "rsaquo": "›", "oline": "‾",
      "frasl": "⁄", "euro": "€", "trade": "™", "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓", "harr": "↔",
      "lArr": "⇐", "rArr": "⇒", "hArr": "⇔", "forall": "∀", "part": "∂", "exist": "∃", "empty": "∅", "nabla": "∇",
      "isin": "∈", "notin": "∉", "ni": "∋", "prod": "∏", "sum": "∑", "minus": "−", "lowast": "∗", "radic": "√",
      "prop": "∝", "infin": "∞", "ang": "∠", "and": "∧", "or": "∨", "cap": "∩", "cup": "∪", "int": "∫",
      "there4": "∴", "sim": "∼", "cong": "≅", "asymp": "≈", "ne": "≠", "equiv": "≡", "le": "≤", "ge": "≥",
      "sub": "⊂", "sup": "⊃", "nsub": "⊄", "sube": "⊆", "supe": "⊇", "oplus": "⊕", "otimes": "⊗", "perp": "⊥",
      "sdot": "⋅", "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋", "loz": "◊", "check": "✓",
      "nbhy": "\u{2011}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "num": "#", "colon": ":",
      "comma": ",", "period": ".", "lpar": "(", "rpar": ")", "ast": "*", "plus": "+", "equals": "=", "lowbar": "_",
      "grave": "`", "vert": "|", "excl": "!", "quest": "?", "sol": "/", "bsol": "\\", "commat": "@", "dollar": "$",
      "percnt": "%", "semi": ";", "Tab": "\t", "NewLine": "\n",
    ]
    for (name, scalar) in others { table[name] = scalar }
    return table
  }()
}
