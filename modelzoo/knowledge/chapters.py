"""The chapters of WHO's ICD-10, by the codes they span. Source: the chapter headings of WHO ICD-10."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its number, first and last three-character code, its name in short."""

    id: str
    first: str
    last: str
    en: str
    zh: str


CHAPTERS = (
    Chapter("I", "A00", "B99", "Infections and parasites", "传染病和寄生虫病"),
    Chapter("II", "C00", "D48", "Tumours", "肿瘤"),
    Chapter("III", "D50", "D89", "Blood and immunity", "血液及免疫疾病"),
    Chapter("IV", "E00", "E90", "Hormones, nutrition, metabolism", "内分泌、营养和代谢疾病"),
    Chapter("V", "F00", "F99", "Mind and behaviour", "精神和行为障碍"),
    Chapter("VI", "G00", "G99", "Nervous system", "神经系统疾病"),
    Chapter("VII", "H00", "H59", "Eye", "眼和附器疾病"),
    Chapter("VIII", "H60", "H95", "Ear", "耳和乳突疾病"),
    Chapter("IX", "I00", "I99", "Heart and vessels", "循环系统疾病"),
    Chapter("X", "J00", "J99", "Breathing", "呼吸系统疾病"),
    Chapter("XI", "K00", "K93", "Digestion and mouth", "消化系统疾病"),
    Chapter("XII", "L00", "L99", "Skin", "皮肤和皮下组织疾病"),
    Chapter("XIII", "M00", "M99", "Muscles and bones", "肌肉骨骼系统疾病"),
    Chapter("XIV", "N00", "N99", "Urine and sex organs", "泌尿生殖系统疾病"),
    Chapter("XV", "O00", "O99", "Pregnancy and birth", "妊娠、分娩和产褥期"),
    Chapter("XVI", "P00", "P96", "Newborn", "起源于围生期的情况"),
    Chapter("XVII", "Q00", "Q99", "Born with", "先天性畸形"),
    Chapter("XVIII", "R00", "R99", "Symptoms and signs", "症状和体征"),
    Chapter("XIX", "S00", "T98", "Injury and poisoning", "损伤、中毒"),
    Chapter("XX", "V01", "Y98", "Outer causes", "外因"),
    Chapter("XXI", "Z00", "Z99", "Contact with health care", "与保健机构接触"),
    Chapter("XXII", "U00", "U99", "Special codes", "特殊目的编码"),
)


def chapter_of(code: str) -> Chapter:
    """The chapter of an ICD-10 code. Raises KeyError for a code outside all chapters."""
    for chapter in CHAPTERS:
        if chapter.first <= code[:3] <= chapter.last:
            return chapter
    raise KeyError(code)
