package io.weekly.render.svg;

import static io.weekly.render.brand.LogoSamples.images;
import static io.weekly.render.brand.LogoSamples.render;
import static io.weekly.render.brand.LogoSamples.stream;
import static io.weekly.render.brand.LogoSamples.svg;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class SvgPainterTest {
    @Test
    void anSvgIsDrawnAsVectorsAndItsTextIsText() throws IOException {
        PdfReader pdf = render(svg("<rect width='5' height='5' fill='#1a2b3c'/><text x='1' y='8' font-size='3'>Acme Łódź</text>"));

        assertThat(images(pdf)).isEqualTo(1);
        assertThat(stream(pdf)).contains("0 0 m").contains("0.10196 0.16863 0.23529 rg");
        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("Acme Łódź");
    }

    @Test
    void elementsOfDrawingProgramsAreIgnored() throws IOException {
        PdfReader pdf = render(svg("""
                <style>/* Generator: x */ .a { fill: #1a2b3c }</style>
                <g xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:transform='scale(0)'>
                  <i:g><text y='9' font-size='3'>note</text></i:g><text class='a' y='9' font-size='3'>Acme</text>
                </g>"""));

        assertThat(stream(pdf)).contains("0.10196 0.16863 0.23529 rg");
        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("Acme").doesNotContain("note");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<path d='M0 0h1z'/>", "<path d='M1.5.5-1-1a1 2 30 01.5.5 3 3 0 1 0-2-2C1 1 2 2 3 3S4 4 5 5Q6 6 7 7T8 8H9V1z'/>", "<path d='M'/>",
        "<path d='bogus'/>", "<path d='M0 0L1e300 5'/>", "<path d='M0 0A0 0 0 0 0 5 5'/>", "<path d='M0 0a1 1 0 0 0 0 0'/>", "<path/>",
        "<g transform='rotate(45 5 5) scale(0) translate(1,2) skewX(90) matrix(1 2 3)' opacity='.5'><circle r='2'/></g>",
        "<style>.a, #b { fill: url(#g); stroke: hsl(120, 50%, 50%) } .a .b { fill: red }</style><ellipse class='a' rx='3' ry='2'/>",
        "<linearGradient id='g'/><rect width='5' height='5' fill='url(#g)' stroke='url(#none)'/>",
        "<linearGradient id='g' href='#h'/><linearGradient id='h' href='#g'/><rect width='5' height='5' fill='url(#g)'/>",
        "<radialGradient id='g' r='0'><stop offset='1' stop-color='red'/><stop offset='0'/></radialGradient>"
                + "<rect width='5' height='5' fill='url(#g)'/>",
        "<linearGradient id='g'><stop stop-color='red'/></linearGradient><line x2='5' stroke='url(#g)' stroke-dasharray='-1 0'/>",
        "<clipPath id='c'><use href='#r'/></clipPath><rect id='r' width='3' height='3'/>"
                + "<g clip-path='url(#c)'><rect width='9' height='9'/></g>",
        "<symbol id='s' viewBox='0 0 1 1'><rect width='1' height='1'/></symbol><use href='#s' x='1' width='3' height='3'/>"
                + "<use href='#none'/>",
        "<image width='5' height='5'/>",
        "<text><tspan x='1 2'>日本 \u0301</tspan><textPath href='#a'>x</textPath></text>",
        "<polygon points='0,0 5'/><polyline points=''/><rect width='-1' height='NaN' rx='9'/>",
        "<mask id='m'/><g mask='url(#m)'><rect/></g>"
    })
    void whatThePainterDoesNotKnowIsLeftOut(String content) throws IOException {
        PdfReader pdf = render(svg(content));

        assertThat(images(pdf)).isEqualTo(1);
        assertThat(stream(pdf).lines().filter("q"::equals).count()).isEqualTo(stream(pdf).lines().filter("Q"::equals).count());
        assertThat(stream(pdf)).doesNotContain("NaN", "Infinity").doesNotContainPattern("\\dE");
    }
}
